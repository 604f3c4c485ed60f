# Backups in files, each program's in a folder of its own: made on the clock or off it, and loaded the same way.

declare -A backup_of=([zstdcat-mysql]=mysqldump-zstd [myloader]=mydumper-gzip [restore]=backup)

# make_backup PROGRAM CLOCK...: the clock is `timed` or `untimed` with what stands before the command.
make_backup() {
    local program=$1 folder=$WORK/backups/$1
    shift
    rm -rf "$folder" "$folder.made"
    mkdir -p "$folder"
    sync
    if [ "$program" = backup ]; then
        "$@" "$here/peers/bactrian" bench_rows backup create local --yes --set "bactrian.backup.dir=$folder"
    else
        "$@" "$here/peers/$program" bench_rows "$folder"
    fi
    scaled 1000000 > "$folder.made"
}

# load_backup PROGRAM CLOCK...: everybody's files are in memory, and what is loaded must be what was saved.
load_backup() {
    local program=$1 folder=$WORK/backups/${backup_of[$1]}
    shift
    empty bench_rows
    find "$folder" -type f -exec cat {} + > /dev/null
    if [ "$program" = restore ]; then
        "$@" "$here/peers/bactrian" bench_rows restore "$(basename "$folder"/*/)" --into remote --yes --no-backup \
            --set "bactrian.backup.dir=$folder"
    else
        "$@" "$here/peers/$program" bench_rows "$folder"
    fi
    must_be_equal bench_rows "$program"
}

has_backup() { [ "$(cat "$WORK/backups/$1.made" 2> /dev/null)" = "$(scaled 1000000)" ]; }
