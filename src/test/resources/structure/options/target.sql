CREATE TABLE o1 (a int, key (a));
CREATE TABLE o2 (a int, key (a)) comment='x' row_format=compressed key_block_size=4 stats_persistent=1 stats_auto_recalc=0 stats_sample_pages=9 min_rows=2 max_rows=8 avg_row_length=50 pack_keys=0 checksum=1 delay_key_write=1;
CREATE TABLE o3 (a int);
CREATE TABLE o4 (a int) autoextend_size=4M compression='zlib';
CREATE TABLE m (a int, key h (a));
CREATE TABLE was_myisam (a int primary key, b int) engine=myisam;
