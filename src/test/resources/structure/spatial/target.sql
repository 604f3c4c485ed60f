CREATE TABLE s (p point not null, g point not null, l linestring, spatial key sg (g));
CREATE TABLE same (p point not null srid 4326, spatial key (p));
