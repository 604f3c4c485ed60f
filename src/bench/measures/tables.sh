# Copy of 1,000 tables of 10 rows.

measure_tables() { rounds tables; }

round_tables() {
    if asked mysqldump; then
        empty bench_tables
        timed tables "$1" mysqldump "$here/peers/mysqldump" bench_tables
        must_be_equal bench_tables mysqldump
    fi
    if [ -n "$ours" ] && asked replicate; then
        empty bench_tables
        timed_bactrian tables "$1" replicate bench_tables replicate --yes
        must_be_equal bench_tables replicate
    fi
}
