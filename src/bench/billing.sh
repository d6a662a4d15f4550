#!/bin/sh
# billing.sh [RECORDS...]   how fast the billing pages and the journal's drain are (1000000 10000000)
#
# Build first: mvn -DskipTests package. Fills a PostgreSQL of its own with so many usage records, once
# (target/bench-postgres-*; 10 million need some 6 GB and minutes), calls the pages for SECONDS_EACH
# (default 60) at RATE calls a second (default 60), then drains a journal into PostgreSQL and H2.
set -eu
cd "$(dirname "$0")/../.."
[ -f target/ecolink.war ] || { echo "build first: mvn -DskipTests package" >&2; exit 2; }
mvn -q dependency:build-classpath -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
run() {
  java -Xmx600m -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" "$@"
}
for records in "${@:-1000000 10000000}"; do
  for n in $records; do
    echo "$n records"
    run com.ecohash.ecolink.bench.BillingBenchmark "$n" "${SECONDS_EACH:-60}" "${RATE:-60}"
  done
done
run com.ecohash.ecolink.persistence.DrainBenchmark 200000
