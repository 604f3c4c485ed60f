SET sql_mode = '';
CREATE TABLE z (d date, dt datetime, ts timestamp null, bad date, t time, now datetime(2) default current_timestamp(2));
INSERT INTO z (d, dt) VALUES ('0000-00-00', '0000-00-00 00:00:00');
