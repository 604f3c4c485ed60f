SET sql_mode = 'ALLOW_INVALID_DATES';
CREATE TABLE z (d date not null default '0000-00-00', dt datetime default '0000-00-00 00:00:00', ts timestamp(3) not null default '0000-00-00 00:00:00', bad date default '2021-02-31', t time default '-838:59:59', y year default '0000', now datetime(2) default current_timestamp(2) on update current_timestamp(2));
