#!/bin/sh
# billing.sh [RECORDS...]   how fast the billing pages and the journal's drain are (1000000 10000000)
#
# Build first: mvn -DskipTests package. Fills a PostgreSQL of its own with so many usage records, once
# (target/bench-postgres-*; 10 million need some 6 GB and minutes), calls the pages for SECONDS_EACH
# (default 120) at RATE calls a second (default 60, which two quiet cores carry; 0: four callers that
# never pause) and prints the median and the 99th percentile of each. Then drains a journal into
# PostgreSQL and H2, unless DRAIN=0. Figures of a machine whose load at the begin is far above 0 tell
# of its other work.
set -eu
cd "$(dirname "$0")/../.."
[ -f target/ecolink.war ] || { echo "build first: mvn -DskipTests package" >&2; exit 2; }
mvn -q dependency:build-classpath -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
run() {
  java -Xmx600m -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" "$@"
}
[ $# -gt 0 ] || set -- 1000000 10000000
for records in "$@"; do
  echo "$records records; load at the begin: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
  run com.ecohash.ecolink.bench.BillingBenchmark "$records" "${SECONDS_EACH:-120}" "${RATE:-60}"
done
[ "${DRAIN:-1}" = 0 ] || run com.ecohash.ecolink.persistence.DrainBenchmark 200000
