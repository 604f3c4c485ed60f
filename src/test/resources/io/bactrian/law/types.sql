CREATE TABLE numbers (
  id INT AUTO_INCREMENT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, flag TINYINT(1), s SMALLINT, su SMALLINT UNSIGNED,
  m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, z INT(9) ZEROFILL, b BIGINT, bu BIGINT UNSIGNED,
  d DECIMAL(65,30), d0 DECIMAL(65,0), du DECIMAL(30,30) UNSIGNED, y YEAR);
CREATE TABLE reals (
  id INT PRIMARY KEY, f FLOAT, fu FLOAT UNSIGNED, fz FLOAT ZEROFILL, f72 FLOAT(7,2), f30 FLOAT(30,10), d DOUBLE, d205 DOUBLE(20,5), d53 FLOAT(53));
CREATE TABLE bits (id INT PRIMARY KEY, b1 BIT(1), b7 BIT(7), b8 BIT(8), b9 BIT(9), b16 BIT(16), b31 BIT(31), b33 BIT(33), b63 BIT(63), b64 BIT(64));
CREATE TABLE times (
  id INT PRIMARY KEY, d DATE, t TIME, t6 TIME(6), dt DATETIME, dt3 DATETIME(3), dt6 DATETIME(6), ts TIMESTAMP NULL, ts6 TIMESTAMP(6) NULL);
CREATE TABLE members (
  id INT PRIMARY KEY, e ENUM('', 'a', 'b,c', '2', '1', '0'), e1 ENUM('x','y'), es ENUM('表','ソ') CHARACTER SET cp932,
  s SET('', 'a', 'b', '1'), s64 SET('m0','m1','m2','m3','m4','m5','m6','m7','m8','m9','m10','m11','m12','m13','m14','m15','m16','m17','m18','m19','m20','m21','m22','m23','m24','m25','m26','m27','m28','m29','m30','m31','m32','m33','m34','m35','m36','m37','m38','m39','m40','m41','m42','m43','m44','m45','m46','m47','m48','m49','m50','m51','m52','m53','m54','m55','m56','m57','m58','m59','m60','m61','m62','m63'), many ENUM('v0','v1','v2','v3','v4','v5','v6','v7','v8','v9','v10','v11','v12','v13','v14','v15','v16','v17','v18','v19','v20','v21','v22','v23','v24','v25','v26','v27','v28','v29','v30','v31','v32','v33','v34','v35','v36','v37','v38','v39','v40','v41','v42','v43','v44','v45','v46','v47','v48','v49','v50','v51','v52','v53','v54','v55','v56','v57','v58','v59','v60','v61','v62','v63','v64','v65','v66','v67','v68','v69','v70','v71','v72','v73','v74','v75','v76','v77','v78','v79','v80','v81','v82','v83','v84','v85','v86','v87','v88','v89','v90','v91','v92','v93','v94','v95','v96','v97','v98','v99','v100','v101','v102','v103','v104','v105','v106','v107','v108','v109','v110','v111','v112','v113','v114','v115','v116','v117','v118','v119','v120','v121','v122','v123','v124','v125','v126','v127','v128','v129','v130','v131','v132','v133','v134','v135','v136','v137','v138','v139','v140','v141','v142','v143','v144','v145','v146','v147','v148','v149','v150','v151','v152','v153','v154','v155','v156','v157','v158','v159','v160','v161','v162','v163','v164','v165','v166','v167','v168','v169','v170','v171','v172','v173','v174','v175','v176','v177','v178','v179','v180','v181','v182','v183','v184','v185','v186','v187','v188','v189','v190','v191','v192','v193','v194','v195','v196','v197','v198','v199','v200','v201','v202','v203','v204','v205','v206','v207','v208','v209','v210','v211','v212','v213','v214','v215','v216','v217','v218','v219','v220','v221','v222','v223','v224','v225','v226','v227','v228','v229','v230','v231','v232','v233','v234','v235','v236','v237','v238','v239','v240','v241','v242','v243','v244','v245','v246','v247','v248','v249','v250','v251','v252','v253','v254','v255','v256','v257','v258','v259','v260','v261','v262','v263','v264','v265','v266','v267','v268','v269','v270','v271','v272','v273','v274','v275','v276','v277','v278','v279','v280','v281','v282','v283','v284','v285','v286','v287','v288','v289','v290','v291','v292','v293','v294','v295','v296','v297','v298','v299'));
CREATE TABLE bytes (id INT PRIMARY KEY, b BINARY(4), b255 BINARY(255), vb VARBINARY(1000), tb TINYBLOB, bl BLOB, mb MEDIUMBLOB, lb LONGBLOB);
CREATE TABLE nothing (id INT PRIMARY KEY, c CHAR(4), v VARCHAR(20), t TEXT, b VARBINARY(9), bl BLOB, i INT, d DATE, j JSON, e ENUM('NULL', '\\N', ''));
CREATE TABLE documents (id INT PRIMARY KEY, j JSON, v JSON NOT NULL DEFAULT ('{}'));
CREATE TABLE shapes (id INT PRIMARY KEY, g GEOMETRY, g0 GEOMETRY /*!80003 SRID 0 */, p POINT /*!80003 SRID 4326 */, l LINESTRING, pg POLYGON /*!80003 SRID 4326 */, mp MULTIPOINT,
  ml MULTILINESTRING, mpg MULTIPOLYGON, gc GEOMETRYCOLLECTION, n POINT NOT NULL /*!80003 SRID 4326 */, SPATIAL KEY n (n));
CREATE TABLE made (
  id INT PRIMARY KEY, a INT, b VARCHAR(20) COLLATE utf8mb4_bin,
  virt BIGINT AS (a * 2) VIRTUAL, kept VARCHAR(40) AS (CONCAT(b, '-', a)) STORED,
  hidden INT INVISIBLE DEFAULT 7, r DOUBLE DEFAULT (RAND()), u BINARY(16) DEFAULT (UNHEX(REPLACE(UUID(), '-', ''))),
  made_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), n VARCHAR(9) NOT NULL DEFAULT 'x',
  UNIQUE KEY kept (kept), KEY virt (virt), CHECK (a <> 13));
CREATE TABLE only_hidden (id INT INVISIBLE DEFAULT 0 PRIMARY KEY, v INT);
CREATE TABLE only_generated (g INT AS (1) VIRTUAL, id INT PRIMARY KEY);
CREATE TABLE `50%/``größe; drop` (`select` INT, `a b``c` VARCHAR(20), PRIMARY KEY (`select`));
CREATE TABLE large (id INT PRIMARY KEY, t LONGTEXT CHARACTER SET latin1, b LONGBLOB);
CREATE TABLE parts (id INT, at DATETIME, PRIMARY KEY (id, at)) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE flat (id INT PRIMARY KEY, v VARCHAR(9)) ENGINE=MyISAM;
CREATE TABLE text_latin1 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET latin1;
CREATE TABLE text_ascii (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET ascii;
CREATE TABLE text_utf8mb3 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET utf8mb3;
CREATE TABLE text_utf8mb4 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET utf8mb4;
CREATE TABLE text_ucs2 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET ucs2;
CREATE TABLE text_utf16 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET utf16;
CREATE TABLE text_utf16le (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET utf16le;
CREATE TABLE text_utf32 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET utf32;
CREATE TABLE text_gbk (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET gbk;
CREATE TABLE text_gb18030 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET gb18030;
CREATE TABLE text_big5 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET big5;
CREATE TABLE text_sjis (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET sjis;
CREATE TABLE text_cp932 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET cp932;
CREATE TABLE text_ujis (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET ujis;
CREATE TABLE text_eucjpms (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET eucjpms;
CREATE TABLE text_euckr (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET euckr;
CREATE TABLE text_cp1251 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET cp1251;
CREATE TABLE text_koi8r (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET koi8r;
CREATE TABLE text_geostd8 (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(1000), t TEXT, l LONGTEXT) CHARACTER SET geostd8;
-- rows
INSERT INTO numbers VALUES
  (-2147483648, -128, 0, 0, -32768, 0, -8388608, 0, -2147483648, 0, 0, -9223372036854775808, 0,
   -99999999999999999999999999999999999.999999999999999999999999999999, -99999999999999999999999999999999999999999999999999999999999999999, 0, 0),
  (2147483646, 127, 255, 5, 32767, 65535, 8388607, 16777215, 2147483647, 4294967295, 42, 9223372036854775807, 18446744073709551615,
   99999999999999999999999999999999999.999999999999999999999999999999, 99999999999999999999999999999999999999999999999999999999999999999, 0.999999999999999999999999999999, 2155),
  (0, 0, 9, 10, 92, 92, 9, 10, 0, 0, 7, 9007199254740993, 9223372036854775808, 0.000000000000000000000000000001, 0, 0.000000000000000000000000000001, 1901),
  (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO reals VALUES
  (0, 1.234567, ABS(1.234567), ABS(1.234567), 99999.99, 12345.6789, 1.7976931348623157e308, 123456789012345.12345, 1.7976931348623157e308),
  (1, 1.234568, ABS(1.234568), ABS(1.234568), -99999.99, 0.1, 2.2250738585072014e-308, -999999999999999.99999, 2.2250738585072014e-308),
  (2, 16777216, ABS(16777216), ABS(16777216), 0.01, 3.3333333333, 4.9406564584124654e-324, 0.00001, 4.9406564584124654e-324),
  (3, 0.1, ABS(0.1), ABS(0.1), -0e0, -0e0, -0e0, -0e0, -0e0),
  (4, -0e0, ABS(-0e0), ABS(-0e0), 1.1, 1e19, 0.1, 1.1, 0.1),
  (5, 3.402823466e38, ABS(3.402823466e38), ABS(3.402823466e38), 16777.21, 16777217.1, 123456789.12345678, 2.67500, 123456789.12345678),
  (6, 1.17549435e-38, ABS(1.17549435e-38), ABS(1.17549435e-38), 54321.98, 0.0000000001, 1e15, 1e14, 1e15),
  (7, 1.4e-45, ABS(1.4e-45), ABS(1.4e-45), 7.7, 7, 9007199254740993, 0.1, 9007199254740993),
  (8, 0.33333334, ABS(0.33333334), ABS(0.33333334), 0.07, 9.87654321, -1.7976931348623157e308, 8.00005, -1.7976931348623157e308),
  (9, 123456.78, ABS(123456.78), ABS(123456.78), 12345.67, 1e10, 2.2250738585072011e-308, 33333.33333, 2.2250738585072011e-308),
  (10, 1e10, ABS(1e10), ABS(1e10), 33333.33, 2.5, 5e-324, 5, 5e-324),
  (11, 8388608.5, ABS(8388608.5), ABS(8388608.5), 0.05, 99999999, 1e23, 123456.78901, 1e23),
  (12, -1e-10, 1e-10, 1e-10, 0.01, 1e-10, 1.000000013351432e-10, 0.00001, -1.2345678901234567e-15),
  (13, 1.234567e-5, 3e-4, 0.01, 0.01, 0.001, -0.0001234567890123456, 0.01, 0.0098765432109876543),
  (99, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO bits VALUES
  (0, b'0'&1, b'0'&127, b'0'&255, b'0'|256, b'0'*257, b'0'*16843009&0x7FFFFFFF, b'0'|(1<<32), b'0'|(1<<62), b'0'|(1<<63)),
  (1, b'1'&1, b'1'&127, b'1'&255, b'1'|256, b'1'*257, b'1'*16843009&0x7FFFFFFF, b'1'|(1<<32), b'1'|(1<<62), b'1'|(1<<63)),
  (2, 0x5C&1, 0x5C&127, 0x5C&255, 0x5C|256, 0x5C*257, 0x5C*16843009&0x7FFFFFFF, 0x5C|(1<<32), 0x5C|(1<<62), 0x5C|(1<<63)),
  (3, 0x09&1, 0x09&127, 0x09&255, 0x09|256, 0x09*257, 0x09*16843009&0x7FFFFFFF, 0x09|(1<<32), 0x09|(1<<62), 0x09|(1<<63)),
  (4, 0x0A&1, 0x0A&127, 0x0A&255, 0x0A|256, 0x0A*257, 0x0A*16843009&0x7FFFFFFF, 0x0A|(1<<32), 0x0A|(1<<62), 0x0A|(1<<63)),
  (5, 0x0D&1, 0x0D&127, 0x0D&255, 0x0D|256, 0x0D*257, 0x0D*16843009&0x7FFFFFFF, 0x0D|(1<<32), 0x0D|(1<<62), 0x0D|(1<<63)),
  (6, 0x2C&1, 0x2C&127, 0x2C&255, 0x2C|256, 0x2C*257, 0x2C*16843009&0x7FFFFFFF, 0x2C|(1<<32), 0x2C|(1<<62), 0x2C|(1<<63)),
  (7, 0x30&1, 0x30&127, 0x30&255, 0x30|256, 0x30*257, 0x30*16843009&0x7FFFFFFF, 0x30|(1<<32), 0x30|(1<<62), 0x30|(1<<63)),
  (8, 0x31&1, 0x31&127, 0x31&255, 0x31|256, 0x31*257, 0x31*16843009&0x7FFFFFFF, 0x31|(1<<32), 0x31|(1<<62), 0x31|(1<<63)),
  (9, 0x4E&1, 0x4E&127, 0x4E&255, 0x4E|256, 0x4E*257, 0x4E*16843009&0x7FFFFFFF, 0x4E|(1<<32), 0x4E|(1<<62), 0x4E|(1<<63)),
  (10, 0x22&1, 0x22&127, 0x22&255, 0x22|256, 0x22*257, 0x22*16843009&0x7FFFFFFF, 0x22|(1<<32), 0x22|(1<<62), 0x22|(1<<63)),
  (11, 0x00&1, 0x00&127, 0x00&255, 0x00|256, 0x00*257, 0x00*16843009&0x7FFFFFFF, 0x00|(1<<32), 0x00|(1<<62), 0x00|(1<<63)),
  (12, 0xFF&1, 0xFF&127, 0xFF&255, 0xFF|256, 0xFF*257, 0xFF*16843009&0x7FFFFFFF, 0xFF|(1<<32), 0xFF|(1<<62), 0xFF|(1<<63)),
  (50, 1, 127, 255, 511, 65535, 2147483647, 8589934591, 9223372036854775807, 18446744073709551615),
  (51, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  (52, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (53, 0, 0x5C, 0x5C, 0x5C, 0x5C4E, 0x5C4E, 0x5C4E5C4E, 0x5C4E5C4E5C4E5C4E, 0x5C4E5C4E5C4E5C4E);
INSERT INTO times VALUES
  (1, '0000-00-00', '-838:59:59', '-838:59:59.000000', '0000-00-00', '0000-00-00', '0000-00-00 00:00:00.000000', '0000-00-00', '0000-00-00'),
  (2, '2023-02-31', '838:59:59', '838:59:58.999999', '2023-02-31 23:59:59', '2023-02-30 00:00:00.001', '2023-02-31 23:59:59.999999', '1970-01-01 00:00:01', '1970-01-01 00:00:01.000000'),
  (3, '2023-00-00', '-00:00:01', '-00:00:00.000001', '2023-11-00', '9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', '2038-01-19 03:14:07.999999'),
  (4, '9999-12-31', '00:00:00', '25:00:00.5', '1000-01-01', '0001-01-01', '0000-00-01 00:00:00.000001', '2024-03-31 01:30:00', '2024-10-27 01:30:00.000001'),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO members VALUES
  (1, '', 'x', '表', '', 'm0', 'v0'), (2, 'a', 'y', 'ソ', 'a,b', 18446744073709551615, 'v255'), (3, 'b,c', 1, 1, ',a,b,1', 'm63', 'v256'),
  (4, '2', 2, 2, '1', 9223372036854775808, 'v299'), (5, 5, 1, 1, 2, 0, 1), (6, '0', NULL, NULL, NULL, NULL, NULL), (7, 1, 'x', 1, 1, 1, 1);
INSERT INTO members VALUES (8, 'nonsense', 'nonsense', 'nonsense', '', '', 'nonsense');
INSERT INTO bytes VALUES
  (1, '', '', '', '', '', '', ''),
  (2, x'00', x'5C4E', x'5C4E', x'00', x'5C', x'09', x'0A'),
  (3, x'00000000', NULL, NULL, NULL, NULL, NULL, NULL),
  (4, x'20202020', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfe', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfe', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
INSERT INTO bytes SELECT 5, 'a', 'b', '', '', REPEAT(x'5C0A09', 21000), REPEAT(vb, 1000), REPEAT(vb, 3000) FROM bytes WHERE id = 4;
INSERT INTO nothing VALUES
  (1, '', '', '', '', '', 0, '0000-00-00', '""', ''),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, 'NULL', 'NULL', 'NULL', 'NULL', 'NULL', NULL, NULL, 'null', 'NULL'),
  (4, '\\N', '\\N', '\\N', '\\N', '\\N', NULL, NULL, '"\\\\N"', '\\N'),
  (5, 'a', 'a  ', ' ', ' ', ' ', NULL, NULL, '" "', NULL),
  (6, '\t', 'a\tb', '\n', '\r\n', '\t\\', NULL, NULL, '"\\t"', NULL),
  (7, '\\', '\\\\', 'x\\', '\\', '\\\n', NULL, NULL, '"\\n"', NULL),
  (8, '''', '"', 'a,b', '0', '\0', NULL, NULL, '[]', NULL);
INSERT INTO documents VALUES
  (0, 'null', 'null'),
  (1, '1', '1'),
  (2, '1.0', '1.0'),
  (3, '-0.0', '-0.0'),
  (4, '1e2', '1e2'),
  (5, '18446744073709551615', '18446744073709551615'),
  (6, '-9223372036854775808', '-9223372036854775808'),
  (7, '1.7976931348623157e308', '1.7976931348623157e308'),
  (8, '4.9e-324', '4.9e-324'),
  (9, '0.1', '0.1'),
  (10, 'true', 'true'),
  (11, '[]', '[]'),
  (12, '{}', '{}'),
  (13, '""', '""'),
  (14, '"\\u0000\\ud83d\\udc2b\\\\ \\" \\t\\n\\b\\u2028"', '"\\u0000\\ud83d\\udc2b\\\\ \\" \\t\\n\\b\\u2028"'),
  (15, '"2020-01-01"', '"2020-01-01"'),
  (16, '{"":{"a b":[1,{"b":null}]},"\\u00e9":"\\u00e9"}', '{"":{"a b":[1,{"b":null}]},"\\u00e9":"\\u00e9"}'),
  (17, '[1,1.0,"1",true,null]', '[1,1.0,"1",true,null]'),
  (18, '{"b":1,"aa":2,"a":3}', '{"b":1,"aa":2,"a":3}'),
  (19, '[9007199254740993, 123456789012345678901234567890, 1.5e300]', '[9007199254740993, 123456789012345678901234567890, 1.5e300]'),
  (20, '[0.30000000000000004, 1e23, 5e-324]', '[0.30000000000000004, 1e23, 5e-324]'),
  (97, JSON_ARRAY(10928588.983213553e0, -2.3027782228163463e146), /*!80000 CAST( */ 7e-300 /*!80000 AS JSON) */),
  (98, JSON_OBJECT('price', 1.50, 'q', JSON_ARRAY(0.30, 1.5e0, JSON_OBJECT('x', 10.00))), /*!80000 CAST( */ 99999999999999999999999999999999999.990 /*!80000 AS JSON) */),
  (99, JSON_ARRAY(-0.10, '1.50', 12345678901234567890.123456789012345678, NULL, 'it''s', JSON_EXTRACT('null', '$')), JSON_OBJECT('a b', 1.0, 'c', '\\"')),
  (100, NULL, 'null'),
  (101, CONCAT(REPEAT('[', /*!80000 68 + */ 31), REPEAT(']', /*!80000 68 + */ 31)), CONCAT('{"k":"', REPEAT('x\\\\\\\\', 70000), '"}'));
INSERT INTO shapes VALUES
  (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(-0.0 1e308)'), ST_GeomFromText('POINT(10 20)', 4326), ST_GeomFromText('LINESTRING(0 0,1 1,9 5)'),
   ST_GeomFromText('POLYGON((0 0,0 5,5 5,5 0,0 0),(1 1,1 2,2 2,2 1,1 1))', 4326), ST_GeomFromText('MULTIPOINT(1 1,2 2)'), ST_GeomFromText('MULTILINESTRING((1 1,2 2),(3 3,4 4))'),
   ST_GeomFromText('MULTIPOLYGON(((0 0,0 1,1 1,0 0)),((5 5,5 6,6 6,5 5)))'), ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))'), ST_GeomFromText('POINT(-90 180)', 4326)),
  (2, ST_GeomFromText('POINT(10 20)', 4326), ST_GeomFromText('GEOMETRYCOLLECTION EMPTY'), NULL, NULL, NULL, NULL, NULL, NULL, ST_GeomFromText('GEOMETRYCOLLECTION EMPTY', 4326), ST_GeomFromText('POINT(0.1 0.30000000000000004)', 4326)),
  (3, NULL, ST_GeomFromText('POINT(5.4e-79 2.6e-312)'), NULL, NULL, NULL, NULL, NULL, NULL, NULL, ST_GeomFromText('POINT(9 10)', 4326));
INSERT INTO made (id, a, b, hidden) VALUES (1, 1, 'x', NULL), (2, NULL, 'y', -1), (3, 3, NULL, 9), (4, 4, 'X', DEFAULT);
UPDATE made SET made_at = '2001-01-01 00:00:00.123456', r = -0e0 WHERE id = 2;
UPDATE made SET made_at = NULL, u = NULL, r = NULL WHERE id = 3;
INSERT INTO only_hidden (id, v) VALUES (0, 1), (-1, NULL);
INSERT INTO only_generated (id) VALUES (3), (4);
INSERT INTO `50%/``größe; drop` VALUES (0, 'ä'), (-5, '`');
INSERT INTO large VALUES (1, REPEAT('0123456789\\\n', 300000), REPEAT(x'00FF5C09', 500000)), (2, '', NULL);
INSERT INTO parts VALUES (1, '2020-01-01'), (100, '2021-01-01');
INSERT INTO flat VALUES (1, 'a'), (2, NULL);
INSERT INTO text_latin1 VALUES (0, _latin1 x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', _latin1 x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', _latin1 x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', _latin1 x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'), (1, _latin1 x'20', _latin1 x'20', _latin1 x'20', _latin1 x'20'), (2, _latin1 x'', _latin1 x'', _latin1 x'', _latin1 x''), (3, _latin1 x'5c4e', _latin1 x'5c4e', _latin1 x'5c4e', _latin1 x'5c4e'), (4, _latin1 x'c4d6dc', _latin1 x'c4d6dc', _latin1 x'c4d6dc', _latin1 x'c4d6dc'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_ascii VALUES (0, _ascii x'00090a0d5c22277f', _ascii x'00090a0d5c22277f', _ascii x'00090a0d5c22277f', _ascii x'00090a0d5c22277f'), (1, _ascii x'5c4e', _ascii x'5c4e', _ascii x'5c4e', _ascii x'5c4e'), (2, _ascii x'', _ascii x'', _ascii x'', _ascii x''), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_utf8mb3 VALUES (0, _utf8mb3 x'c3a4e282ac5c090a', _utf8mb3 x'c3a4e282ac5c090a', _utf8mb3 x'c3a4e282ac5c090a', _utf8mb3 x'c3a4e282ac5c090a'), (1, _utf8mb3 x'', _utf8mb3 x'', _utf8mb3 x'', _utf8mb3 x''), (2, _utf8mb3 x'20', _utf8mb3 x'20', _utf8mb3 x'20', _utf8mb3 x'20'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_utf8mb4 VALUES (0, _utf8mb4 x'f09f90ab5c6e', _utf8mb4 x'f09f90ab5c6e', _utf8mb4 x'f09f90ab5c6e', _utf8mb4 x'f09f90ab5c6e'), (1, _utf8mb4 x'65cc81', _utf8mb4 x'65cc81', _utf8mb4 x'65cc81', _utf8mb4 x'65cc81'), (2, _utf8mb4 x'c3a9', _utf8mb4 x'c3a9', _utf8mb4 x'c3a9', _utf8mb4 x'c3a9'), (3, _utf8mb4 x'00', _utf8mb4 x'00', _utf8mb4 x'00', _utf8mb4 x'00'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_ucs2 VALUES (0, _ucs2 x'5c5c', _ucs2 x'5c5c', _ucs2 x'5c5c', _ucs2 x'5c5c'), (1, _ucs2 x'0a09005c', _ucs2 x'0a09005c', _ucs2 x'0a09005c', _ucs2 x'0a09005c'), (2, _ucs2 x'00', _ucs2 x'00', _ucs2 x'00', _ucs2 x'00'), (3, _ucs2 x'00200020', _ucs2 x'00200020', _ucs2 x'00200020', _ucs2 x'00200020'), (4, _ucs2 x'5c000900', _ucs2 x'5c000900', _ucs2 x'5c000900', _ucs2 x'5c000900'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_utf16 VALUES (0, _utf16 x'd83ddc2b', _utf16 x'd83ddc2b', _utf16 x'd83ddc2b', _utf16 x'd83ddc2b'), (1, _utf16 x'5c0a5c09', _utf16 x'5c0a5c09', _utf16 x'5c0a5c09', _utf16 x'5c0a5c09'), (2, _utf16 x'0009000a005c', _utf16 x'0009000a005c', _utf16 x'0009000a005c', _utf16 x'0009000a005c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_utf16le VALUES (0, _utf16le x'3dd82bdc', _utf16le x'3dd82bdc', _utf16le x'3dd82bdc', _utf16le x'3dd82bdc'), (1, _utf16le x'0a5c095c', _utf16le x'0a5c095c', _utf16le x'0a5c095c', _utf16le x'0a5c095c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_utf32 VALUES (0, _utf32 x'0001f42b', _utf32 x'0001f42b', _utf32 x'0001f42b', _utf32 x'0001f42b'), (1, _utf32 x'00005c5c0000000a', _utf32 x'00005c5c0000000a', _utf32 x'00005c5c0000000a', _utf32 x'00005c5c0000000a'), (2, _utf32 x'00000009', _utf32 x'00000009', _utf32 x'00000009', _utf32 x'00000009'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_gbk VALUES (0, _gbk x'd55c', _gbk x'd55c', _gbk x'd55c', _gbk x'd55c'), (1, _gbk x'd55c5c', _gbk x'd55c5c', _gbk x'd55c5c', _gbk x'd55c5c'), (2, _gbk x'815c0a', _gbk x'815c0a', _gbk x'815c0a', _gbk x'815c0a'), (3, _gbk x'bfb5', _gbk x'bfb5', _gbk x'bfb5', _gbk x'bfb5'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_gb18030 VALUES (0, _gb18030 x'8139ef30', _gb18030 x'8139ef30', _gb18030 x'8139ef30', _gb18030 x'8139ef30'), (1, _gb18030 x'd55c', _gb18030 x'd55c', _gb18030 x'd55c', _gb18030 x'd55c'), (2, _gb18030 x'815c', _gb18030 x'815c', _gb18030 x'815c', _gb18030 x'815c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_big5 VALUES (0, _big5 x'a45c', _big5 x'a45c', _big5 x'a45c', _big5 x'a45c'), (1, _big5 x'b35c5c', _big5 x'b35c5c', _big5 x'b35c5c', _big5 x'b35c5c'), (2, _big5 x'a45c09', _big5 x'a45c09', _big5 x'a45c09', _big5 x'a45c09'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_sjis VALUES (0, _sjis x'955c', _sjis x'955c', _sjis x'955c', _sjis x'955c'), (1, _sjis x'835c5c4e', _sjis x'835c5c4e', _sjis x'835c5c4e', _sjis x'835c5c4e'), (2, _sjis x'5c', _sjis x'5c', _sjis x'5c', _sjis x'5c'), (3, _sjis x'835c0a', _sjis x'835c0a', _sjis x'835c0a', _sjis x'835c0a'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_cp932 VALUES (0, _cp932 x'835c', _cp932 x'835c', _cp932 x'835c', _cp932 x'835c'), (1, _cp932 x'955c5c', _cp932 x'955c5c', _cp932 x'955c5c', _cp932 x'955c5c'), (2, _cp932 x'fc4b', _cp932 x'fc4b', _cp932 x'fc4b', _cp932 x'fc4b'), (3, _cp932 x'8160', _cp932 x'8160', _cp932 x'8160', _cp932 x'8160'), (4, _cp932 x'5c4e', _cp932 x'5c4e', _cp932 x'5c4e', _cp932 x'5c4e'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_ujis VALUES (0, _ujis x'a4a2', _ujis x'a4a2', _ujis x'a4a2', _ujis x'a4a2'), (1, _ujis x'8fb0a1', _ujis x'8fb0a1', _ujis x'8fb0a1', _ujis x'8fb0a1'), (2, _ujis x'8eb1', _ujis x'8eb1', _ujis x'8eb1', _ujis x'8eb1'), (3, _ujis x'5c', _ujis x'5c', _ujis x'5c', _ujis x'5c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_eucjpms VALUES (0, _eucjpms x'a4a2', _eucjpms x'a4a2', _eucjpms x'a4a2', _eucjpms x'a4a2'), (1, _eucjpms x'ada1', _eucjpms x'ada1', _eucjpms x'ada1', _eucjpms x'ada1'), (2, _eucjpms x'5c', _eucjpms x'5c', _eucjpms x'5c', _eucjpms x'5c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_euckr VALUES (0, _euckr x'b0a1', _euckr x'b0a1', _euckr x'b0a1', _euckr x'b0a1'), (1, _euckr x'5c', _euckr x'5c', _euckr x'5c', _euckr x'5c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_cp1251 VALUES (0, _cp1251 x'985c', _cp1251 x'985c', _cp1251 x'985c', _cp1251 x'985c'), (1, _cp1251 x'ff', _cp1251 x'ff', _cp1251 x'ff', _cp1251 x'ff'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_koi8r VALUES (0, _koi8r x'c1', _koi8r x'c1', _koi8r x'c1', _koi8r x'c1'), (1, _koi8r x'ff5c', _koi8r x'ff5c', _koi8r x'ff5c', _koi8r x'ff5c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
INSERT INTO text_geostd8 VALUES (0, _geostd8 x'c05c', _geostd8 x'c05c', _geostd8 x'c05c', _geostd8 x'c05c'), (90, NULL, NULL, NULL, NULL), (91, 'a ', 'a ', 'a ', 'a ');
