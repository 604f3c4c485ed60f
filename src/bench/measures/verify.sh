# Verify of the same rows on equal sides; before that both programs must find one changed row.

measure_verify() {
    if [ "$(fingerprint source bench_rows)" != "$(fingerprint target bench_rows)" ]; then
        empty bench_rows
        "$here/peers/pipe" bench_rows
    fi
    on_target -e 'UPDATE bench_rows.narrow SET k = k + 1 WHERE id = 77'
    finds 2 pt-table-sync "$here/peers/pt-table-sync" bench_rows
    [ -z "$ours" ] || finds 3 verify "$here/peers/bactrian" bench_rows verify
    on_target -e 'UPDATE bench_rows.narrow SET k = k - 1 WHERE id = 77'
    must_be_equal bench_rows bench
    settle
    rounds verify
}

finds() {
    local expected=$1 program=$2 code=0
    shift 2
    asked "$program" || return 0
    "$@" > "$WORK/$program.log" 2>&1 || code=$?
    [ $code -eq "$expected" ] || die "$program did not find a changed row: ended with $code (see $WORK/$program.log)"
}

round_verify() {
    if asked pt-table-sync; then
        timed verify "$1" pt-table-sync "$here/peers/pt-table-sync" bench_rows
    fi
    if asked verify; then
        timed_bactrian verify "$1" verify bench_rows verify
    fi
}
