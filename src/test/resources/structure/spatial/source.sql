CREATE TABLE s (p point not null srid 4326, g geometry not null, l linestring srid 0, mp multipolygon, spatial key sp (p), spatial key sg (g));
CREATE TABLE same (p point not null srid 3857, spatial key (p));
