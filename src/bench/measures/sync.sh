# Sync of changed rows: beside pt-table-sync and native replication, in tables of two sizes, and rounds with nothing to do.

capture=()

measure_sync() {
    prepare_sync bench_sync "$(scaled 1000000)"
    prepare_sync bench_sync_small "$(scaled 100000)"
    prepare_idle bench_idle "$(scaled 200)"
    rounds sync
}

round_sync() {
    if asked replication; then
        await_position
        change bench_sync "$(scaled 20000)"
        timed sync "$1" replication "$here/peers/replication" run
        "$here/peers/replication" stop
        must_hold_the_same bench_sync replication
    fi
    if asked pt-table-sync; then
        change bench_sync "$(scaled 20000)"
        settle source
        timed sync "$1" pt-table-sync "$here/peers/pt-table-sync" bench_sync --execute
        must_hold_the_same bench_sync pt-table-sync
    fi
    [ -n "$ours" ] || return 0
    if asked sync; then
        sync_changes "$1" sync bench_sync "$(scaled 20000)"
    fi
    if asked living; then
        with_sync bench_sync living_rounds "$1" "$(scaled 20000)"
        must_hold_the_same bench_sync sync
    fi
    if asked sizes; then
        sync_changes "$1" 'sync of few, 100 k rows' bench_sync_small "$(scaled 2000)"
        sync_changes "$1" 'sync of few, 1 M rows' bench_sync "$(scaled 2000)"
    fi
    if asked triggers; then
        one_by_one "$1" 'writes, no triggers'
        with_sync bench_sync_small one_by_one "$1" 'writes, whole rows logged'
        capture=(--set bactrian.sync.capture=keys)
        with_sync bench_sync_small one_by_one "$1" 'writes, keys logged'
        capture=()
    fi
    if asked idle; then
        with_sync bench_idle timed sync "$1" 'idle rounds' "$here/peers/rounds" bench_idle 30
        idle_rounds "$1"
    fi
}

# What triggers cost an application: 5,000 updates of one row, each a transaction.
one_by_one() {
    awk -v rows="$(scaled 100000)" -v seed="$1" 'BEGIN {
        srand(seed)
        for (i = 0; i < 5000; i++)
            printf "UPDATE mixed SET total = total + 1, city = CONCAT(\x27c\x27, %d) WHERE id = %d;\n", i, 1 + int(rand() * rows)
    }' > "$WORK/writes.sql"
    settle source
    timed sync "$1" "$2" bash -c 'mysql --no-defaults -h127.0.0.1 -P"$1" -uroot bench_sync_small < "$2"' _ "$SOURCE_PORT" "$WORK/writes.sql"
}

# The clock holds the round alone: triggers are put in before the changes, and taken out after.
sync_changes() {
    local round=$1 program=$2 database=$3 rows=$4
    with_sync "$database" sync_changed "$round" "$program" "$database" "$rows"
    must_hold_the_same "$database" sync
}

sync_changed() {
    change "$3" "$4"
    settle source
    timed_bactrian sync "$1" "$2" "$3" sync --direction LOCAL_TO_REMOTE --yes
}

with_sync() {
    local database=$1
    shift
    untimed setup "$here/peers/bactrian" "$database" sync setup --yes "${capture[@]}"
    "$@"
    untimed teardown "$here/peers/bactrian" "$database" sync teardown --yes
}

# The same changes carried by a process that lives, as a daemon does: the first rounds warm the JVM up, the last ones count.
living_rounds() {
    local i word milliseconds sum=0
    coproc LIVING { exec "$here/peers/rounds" bench_sync 8 asked 2> "$WORK/living rounds.log"; }
    for ((i = 1; i <= 8; i++)); do
        change bench_sync "$2"
        settle source
        echo >&"${LIVING[1]}"
        read -r word milliseconds <&"${LIVING[0]}" || { tail -20 "$WORK/living rounds.log" >&2; die 'a living round failed'; }
        say "living round $i: $milliseconds ms"
        [ "$i" -le 5 ] || sum=$(awk -v a="$sum" -v b="$milliseconds" 'BEGIN { print a + b }')
    done
    wait "$LIVING_PID"
    awk -v OFS='\t' -v round="$1" -v sum="$sum" 'BEGIN { print "sync", round, "one warm round", sum / 3000, 0, 0, 0, 0, 0, "" }' \
        | tee -a "$results" >&2
}

# Each round of the living process as a program of its own, in milliseconds; the first ones warm the JVM up.
idle_rounds() {
    awk -v OFS='\t' -v round="$1" '
        $1 == "round" { n++; if (n == 1) first = $2; if (n > 10) { sum += $2; k++ } }
        END { if (k) print "sync", round, "one idle round", sum / k / 1000, 0, 0, 0, 0, 0, "" }' "$WORK/idle rounds.log" \
        | tee -a "$results" >&2
}

# The source changes a share of its rows, never the same twice: 70 % updates, 20 % inserts, 10 % deletes, 1,000 rows
# to a transaction.
change() {
    local database=$1 rows=$2 seed=$WORK/$1.seed
    echo $(($(cat "$seed" 2> /dev/null || echo 0) + 1)) > "$seed"
    {
        echo "SET @seed = $(cat "$seed"), @lot = LEAST(1000, GREATEST(1, $rows DIV 10)), cte_max_recursion_depth = 1000000;"
        echo 'SET @first = (SELECT MIN(id) FROM mixed), @last = (SELECT MAX(id) FROM mixed);'
        awk -v rows="$rows" 'BEGIN {
            lot = rows / 10 < 1000 ? int(rows / 10) : 1000; if (lot < 1) lot = 1
            for (i = 0; i < rows / lot; i++) print "SET @n = " i "; CALL change_" (i % 10 < 7 ? "some" : i % 10 < 9 ? "more" : "fewer") "();"
        }'
    } | on_source "$database"
}

prepare_sync() {
    local server
    prepare "$1" "$2" make_sync
    on_source "$1" < "$here/data/changes.sql"
    [ "$(sums source "$1")" = "$(sums target "$1")" ] && return
    say "making $1 at the target"
    on_target -e "DROP DATABASE IF EXISTS $1; CREATE DATABASE $1 CHARACTER SET utf8mb4"
    mysqldump --no-defaults -h127.0.0.1 -P"$SOURCE_PORT" -uroot --single-transaction --skip-comments "$1" mixed | on_target "$1"
    on_target -e "ANALYZE TABLE $1.mixed" > /dev/null
    must_hold_the_same "$1" mysqldump
}

# Of DOUBLEs only such as 15 digits tell, since pt-table-sync rounds the others, and no -0, which a dump loses.
make_sync() {
    run_data "$1" mixed "$2"
    on_source "$1" -e 'SET sql_log_bin = 0; UPDATE mixed SET latitude = ROUND(latitude * 8) / 8 + 0e0'
}

prepare_idle() {
    prepare "$1" "$2" make_wide_tables
    on_target -e "CREATE DATABASE IF NOT EXISTS $1"
    [ "$(fingerprint source "$1")" = "$(fingerprint target "$1")" ] && return
    on_target -e "DROP DATABASE $1; CREATE DATABASE $1 CHARACTER SET utf8mb4"
    "$here/peers/mysqldump" "$1"
}

# Tables of the twelve columns of mixed and 10 rows.
make_wide_tables() {
    local database=$1 count=$2 i
    run_data "$database" mixed 10
    {
        echo 'SET sql_log_bin = 0;'
        for ((i = 1; i < count; i++)); do
            printf 'CREATE TABLE t%04d LIKE mixed; INSERT INTO t%04d SELECT * FROM mixed;\n' "$i" "$i"
        done
    } | on_source "$database"
}

sums() { "on_$1" -e "CHECKSUM TABLE $2.mixed" 2> /dev/null; }

must_hold_the_same() {
    [ "$(sums source "$1")" = "$(sums target "$1")" ] || die "$2 left the sides different"
}

# The target will read the source's log from where it is now.
await_position() {
    "$here/peers/replication" begin
    settle source
}
