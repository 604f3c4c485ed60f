# Copy of 2 M narrow and 1 M mixed rows.

measure_copy() { rounds copy; }

round_copy() {
    local program
    for program in mysqldump mydumper mydumper-rows pipe; do
        asked $program || continue
        empty bench_rows
        timed copy "$1" $program "$here/peers/$program" bench_rows
        must_be_equal bench_rows $program
    done
    if [ -n "$ours" ] && asked data; then
        empty_tables bench_rows
        timed_bactrian copy "$1" data bench_rows data --yes
        must_be_equal bench_rows data
    fi
    if [ -n "$ours" ] && asked replicate; then
        empty bench_rows
        timed_bactrian copy "$1" replicate bench_rows replicate --yes
        must_be_equal bench_rows replicate
    fi
}
