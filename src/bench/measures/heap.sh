# Everything in a small heap; one round proves it, and memory is what it shows.

measure_heap() {
    local database
    [ -n "$ours" ] || return 0
    for database in bench_rows bench_tables bench_blobs; do
        empty $database
        timed_bactrian heap 1 "replicate $database" $database replicate --yes
        must_be_equal $database replicate
        timed_bactrian heap 1 "verify $database" $database verify
    done
}
