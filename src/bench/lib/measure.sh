# The clock, and what keeps it honest: every run begins from the same state, and no wrong copy counts.

# A round is one run of every program, always in the same order; the ratios are taken inside a round.
rounds() {
    local measure=$1 round
    for ((round = 1; round <= RUNS; round++)); do
        "round_$measure" "$round"
    done
}

asked() { [ -z "$ONLY" ] || [[ " $ONLY " == *" $1 "* ]]; }

wants() { [[ " ${wanted[*]} " == *" $1 "* ]]; }

# Whether a program is asked for and there: Bactrian has no peer's script of its command's name.
can() { asked "$1" && { [ -n "$ours" ] || [ -x "$here/peers/$1" ]; }; }

# Runs a command on the clock: seconds, peak memory of its largest process, CPU seconds of both servers, its own, and
# what anything else on the machine took at the same time: a run that had company is seen. A backup's size on disk comes last.
timed() {
    local measure=$1 round=$2 program=$3 source_cpu target_cpu machine_cpu
    shift 3
    source_cpu=$(server_cpu source) target_cpu=$(server_cpu target) machine_cpu=$(machine_cpu)
    untimed "$program" /usr/bin/time -q -f '%e %M %U %S' -o "$WORK/time" "$@"
    awk -v OFS='\t' -v measure="$measure" -v round="$round" -v program="$program" \
        -v source_cpu="$source_cpu,$(server_cpu source)" -v target_cpu="$target_cpu,$(server_cpu target)" \
        -v machine_cpu="$machine_cpu,$(machine_cpu)" -v size="$(size_on_disk "$measure" "$program")" '
        function passed(pair, ends) { split(pair, ends, ","); return ends[2] - ends[1] }
        { source = passed(source_cpu); target = passed(target_cpu); others = passed(machine_cpu) - source - target - $3 - $4
          printf "%s\t%d\t%s\t%.2f\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%s\n", measure, round, program, $1, $2 / 1024,
              source, target, $3 + $4, others < 0 ? 0 : others, size }' "$WORK/time" | tee -a "$results" >&2
}

# untimed PROGRAM COMMAND...: its output goes to the program's log; a command that fails ends the bench.
untimed() {
    local program=$1 code=0
    shift
    "$@" > "$WORK/$program.log" 2>&1 || code=$?
    [ $code -eq 0 ] || { tail -20 "$WORK/$program.log" >&2; die "$program ended with $code"; }
}

size_on_disk() { [ "$1" != backup ] || du -sb "$WORK/backups/$2" | awk '{ printf "%.1f", $1 / 1048576 }'; }

server_cpu() { awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/${pid_of[$1]}/stat"; }

machine_cpu() { awk -v hz="$(getconf CLK_TCK)" '/^cpu / { print ($2 + $3 + $4 + $7 + $8) / hz }' /proc/stat; }

# A target database that is empty, or has the tables without their rows.
empty() {
    on_target -e "DROP DATABASE IF EXISTS $1; CREATE DATABASE $1 CHARACTER SET utf8mb4; RESET MASTER"
    settle
}

empty_tables() {
    on_target -e "DROP DATABASE IF EXISTS $1; CREATE DATABASE $1 CHARACTER SET utf8mb4"
    structure source "$1" | on_target "$1"
    on_target -e 'RESET MASTER'
    settle
}

# Waits until the target, or the server named, has written what the run before left to it.
settle() {
    local server=${1:-target} tries dirty
    "on_$server" -e 'SET GLOBAL innodb_max_dirty_pages_pct = 0'
    for ((tries = 0; tries < 120; tries++)); do
        dirty=$("on_$server" -e "SELECT variable_value FROM performance_schema.global_status
            WHERE variable_name = 'Innodb_buffer_pool_pages_dirty'")
        [ "$dirty" -lt 50 ] && break
        sleep 0.5
    done
    "on_$server" -e 'SET GLOBAL innodb_max_dirty_pages_pct = 90'
    sync
}

# The tables' statements, and the server's own checksum of their rows.
structure() {
    local port=$SOURCE_PORT
    [ "$1" = source ] || port=$TARGET_PORT
    mysqldump --no-defaults -h127.0.0.1 -P"$port" -uroot --no-data --skip-comments "$2" | sed 's/ AUTO_INCREMENT=[0-9]*//'
}

fingerprint() {
    local tables
    tables=$("on_$1" -e "SET group_concat_max_len = 1000000; SELECT GROUP_CONCAT(table_schema, '.', table_name)
        FROM information_schema.tables WHERE table_schema = '$2' AND table_name NOT LIKE 'bactrian%'")
    structure "$1" "$2"
    [ "$tables" = NULL ] || "on_$1" -e "CHECKSUM TABLE $tables"
}

must_be_equal() {
    fingerprint source "$1" > "$WORK/source.sums" &
    fingerprint target "$1" > "$WORK/target.sums"
    wait $!
    cmp -s "$WORK/source.sums" "$WORK/target.sums" \
        || { diff "$WORK/source.sums" "$WORK/target.sums" | head -10 >&2 || true; die "$2 made a copy that differs"; }
}
