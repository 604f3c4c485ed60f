# The data, made inside the source server, the same in every run; what is there already is used again.

scaled() { awk -v n="$1" -v s="$SCALE" 'BEGIN { n = int(n * s + 0.5); print n < 1 ? 1 : n }'; }

prepare_data() {
    on_source -e 'CREATE DATABASE IF NOT EXISTS bench_ready;
        CREATE TABLE IF NOT EXISTS bench_ready.made (name VARCHAR(64) PRIMARY KEY, size INT NOT NULL)'
    # sync has data of its own, and makes it when it begins
    [ "${wanted[*]}" != sync ] || return 0
    prepare bench_rows "$(scaled 1000000)" make_rows
    prepare bench_tables "$(scaled 1000)" make_tables
    prepare bench_few 10 make_tables
    prepare bench_blobs "$(scaled 5000)" make_blobs
    on_target -e 'CREATE DATABASE IF NOT EXISTS bench_few'
    [ "$(fingerprint source bench_few)" = "$(fingerprint target bench_few)" ] \
        || { empty bench_few; "$here/peers/mysqldump" bench_few; }
}

prepare() {
    local database=$1 size=$2 make=$3 begun=$SECONDS
    [ "$(on_source -e "SELECT size FROM bench_ready.made WHERE name = '$database'")" = "$size" ] && return
    say "making $database"
    on_source -e "DELETE FROM bench_ready.made WHERE name = '$database';
        DROP DATABASE IF EXISTS $database; CREATE DATABASE $database CHARACTER SET utf8mb4"
    "$make" "$database" "$size"
    on_source -e "INSERT INTO bench_ready.made VALUES ('$database', $size)"
    say "made $database in $((SECONDS - begun)) s"
}

make_rows() {
    run_data "$1" narrow $((2 * $2))
    run_data "$1" mixed "$2"
}

make_blobs() { run_data "$1" blobs "$2"; }

run_data() {
    on_source --default-character-set=utf8mb4 "$1" --init-command="SET sql_log_bin = 0, cte_max_recursion_depth = $3,
        time_zone = '+00:00', @rows = $3" < "$here/data/$2.sql"
    on_source -e "ANALYZE NO_WRITE_TO_BINLOG TABLE $1.$2" > /dev/null
}

make_tables() {
    local database=$1 count=$2 i
    {
        echo 'SET sql_log_bin = 0;'
        for ((i = 1; i <= count; i++)); do
            printf 'CREATE TABLE t%04d (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40) NOT NULL,
                price DECIMAL(10, 2) NOT NULL, made DATETIME NULL, KEY name (name));\n' "$i"
            printf 'INSERT INTO t%04d WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
                SELECT i, MD5(i * %d), i * 1.25, TIMESTAMPADD(DAY, i, "2024-01-01") FROM n;\n' "$i" "$i"
        done
    } | on_source "$database"
}
