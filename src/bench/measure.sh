#!/bin/sh
# measure.sh HARNESS [ROUNDS]   measures target/ecolink.war beside nginx (and haproxy) in the same run
#
# HARNESS: the folder of the load harness (upstream.c, load.c, run.sh, peers.sh). Needs cc, nginx, curl.
#   OUT         file for the JSON lines             (default: target/bench.jsonl, emptied first)
#   SET         parts of run.sh                     (default: "a b p s e f")
#   WARM        seconds of warm-up of the JVM       (default: 25)
#   JAVA_FLAGS  flags of the gateway's JVM          (default: -Xmx512m)
#   HAPROXY=1   a run of haproxy before each round
#   PORT        first of a few free ports           (default: 19500)
#   HOLD=1      start everything, print how to reach it, and wait instead of measuring
#
# The gateway runs with all it does for a user: key check, rewriting, journal, metering, access log.
set -eu
harness=$(cd "$1" && pwd) rounds=${2:-3}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
war=$root/target/ecolink.war
[ -f "$war" ] || { echo "build first: mvn package" >&2; exit 2; }
PORT=${PORT:-19500} OUT=${OUT:-$root/target/bench.jsonl}
up=$PORT ng=$((PORT + 1)) gw=$((PORT + 2)) ha=$((PORT + 3))
work=$(mktemp -d)
BENCH_BIN=$work/bin
mkdir -p "$BENCH_BIN"
export BENCH_BIN
"$harness/build.sh" "$BENCH_BIN" > /dev/null
ulimit -n "$(ulimit -Hn)"
pids=
finish() {
  for p in $pids; do kill "$p" 2>/dev/null || true; done
  for p in $pids; do wait "$p" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

PEERS_DIR=$work
export PEERS_DIR
"$BENCH_BIN/upstream" -p "$up" > /dev/null 2>&1 & up_pid=$!
pids="$pids $up_pid"
"$harness/peers.sh" nginx "$ng" "$up" > "$work/nginx.log" 2>&1 & ng_pid=$!
pids="$pids $ng_pid"

operator=bench-operator-key-0123456789abcdef
ECOLINK_HTTP_PORT=$gw ECOLINK_DATA_DIR=$work/data ECOLINK_OPERATOR_KEY=$operator \
  ECOLINK_UPSTREAM_ALLOWED=127.0.0.0/8 ECOLINK_HTTP_ACCEPT_QUEUE=16384 \
  java ${JAVA_FLAGS:--Xmx512m} -jar "$war" > "$work/gateway.log" 2>&1 & gw_pid=$!
pids="$pids $gw_pid"
n=0
until curl -sf "http://127.0.0.1:$gw/health/ready" > /dev/null; do
  n=$((n + 1))
  [ $n -lt 600 ] && kill -0 $gw_pid || { cat "$work/gateway.log" >&2; exit 1; }
  sleep 0.1
done

api() { # PATH BODY [ACCOUNT]
  curl -sf "http://127.0.0.1:$gw$1" -H "Authorization: Bearer $operator" \
    -H 'Content-Type: application/json' ${3:+-H "X-EcoLink-Account: $3"} -d "$2"
}
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,}\"]*\).*/\1/p"; }
account=$(api /api/admin/accounts '{"name":"bench","owner_email":"bench@example.com","owner_password":"bench-password"}' | field id)
api "/api/admin/accounts/$account/credits" '{"amount":"1000000","description":"bench"}' > /dev/null
api /api/admin/regions '{"id":"bench","name":"Bench","runtime":"external"}' > /dev/null
api /api/admin/prices '{"category":"chat","unit":"input_tokens","amount":"0.50"}' > /dev/null
api /api/admin/prices '{"category":"chat","unit":"output_tokens","amount":"1.50"}' > /dev/null
api /api/admin/prices '{"category":"audio_transcription","unit":"seconds","amount":"0.0001"}' > /dev/null
launch() { # CATEGORY
  api /api/instances "{\"name\":\"my-llama\",\"category\":\"$1\",\"regions\":[{\"region\":\"bench\",\"endpoint\":\"http://127.0.0.1:$up\"}]}" "$account" | field id
}
instance=$(launch chat)
audio=$(launch audio_transcription)
key=$(api /api/keys '{"name":"bench","rate_limit":1000000}' "$account" | field key)
[ -n "$key" ] && [ -n "$instance" ] && [ -n "$audio" ] || { echo "the gateway could not be set up" >&2; exit 1; }

if [ -n "${HOLD:-}" ]; then
  echo "gateway http://127.0.0.1:$gw pid $gw_pid, nginx $ng pid $ng_pid, upstream $up pid $up_pid"
  echo "MODEL=my-llama:$instance AUDIO_MODEL=my-llama:$audio KEY=$key LOG=$work/gateway.log BIN=$BENCH_BIN"
  wait $gw_pid
  exit
fi

: > "$OUT"
SET=${SET:-a b p s e f}
round=1
while [ "$round" -le "$rounds" ]; do
  if [ -n "${HAPROXY:-}" ]; then
    "$harness/peers.sh" haproxy "$ha" "$up" > "$work/haproxy.log" 2>&1 & ha_pid=$!
    pids="$pids $ha_pid"
    sleep 1
    UPSTREAM_URL=http://127.0.0.1:$up UPSTREAM_PID=$up_pid REF_URL=http://127.0.0.1:$ng REF_PID=$ng_pid \
      REF_LABEL=nginx LABEL=haproxy WARM=3 SET="$SET" OUT="$OUT" NOTE=$round \
      "$harness/run.sh" "http://127.0.0.1:$ha" $ha_pid
    kill $ha_pid
  fi
  UPSTREAM_URL=http://127.0.0.1:$up UPSTREAM_PID=$up_pid REF_URL=http://127.0.0.1:$ng REF_PID=$ng_pid \
    REF_LABEL=nginx MODEL=my-llama:$instance AUDIO_MODEL=my-llama:$audio LABEL=ecolink WARM=${WARM:-25} SET="$SET" \
    OUT="$OUT" NOTE=$round "$harness/run.sh" "http://127.0.0.1:$gw" $gw_pid "Authorization: Bearer $key"
  case $SET in
    *f*) # no part of the paired ones: nginx by itself, right after
      UPSTREAM_URL=http://127.0.0.1:$up UPSTREAM_PID=$up_pid LABEL=nginx WARM=3 SET=f OUT="$OUT" NOTE=$round \
        "$harness/run.sh" "http://127.0.0.1:$ng" $ng_pid ;;
  esac
  round=$((round + 1))
done
"$harness/summary.sh" "$OUT"
