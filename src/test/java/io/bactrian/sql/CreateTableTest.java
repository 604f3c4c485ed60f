package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Index;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import org.junit.jupiter.api.Test;

class CreateTableTest {
    private static final String TEXT =
            """
            CREATE TABLE `a``, (` (
              `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s a \\\\ "q" \\n',
              `v` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s \\\\ )',
              `e` enum('a','b,c','d''e','f)g','h\\\\i','') DEFAULT 'b,c',
              `g` int GENERATED ALWAYS AS ((`y` + length(_utf8mb4'it\\'s)'))) VIRTUAL COMMENT 'virt',
              `s` int GENERATED ALWAYS AS ((`y` + 1)) STORED NOT NULL,
              `inv` int DEFAULT '5' /*!80023 INVISIBLE */ COMMENT 'c',
              `ex` varchar(40) DEFAULT (concat(_utf8mb4'(',uuid())),
              `b2` binary(3) DEFAULT 0xFF0102,
              `bt` bit(5) DEFAULT b'101',
              `ts` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
              `dc` decimal(30,10) unsigned zerofill DEFAULT '00000000000000000001.5000000000',
              `p` point NOT NULL /*!80003 SRID 4326 */,
              `cf` int /*!50606 STORAGE DISK */ /*!50606 COLUMN_FORMAT FIXED */ DEFAULT NULL,
              `y` year DEFAULT NULL,
              PRIMARY KEY (`id`) COMMENT 'pk',
              UNIQUE KEY `u2` (`v`(5),`y` DESC) USING BTREE,
              KEY `k2` (`y`) KEY_BLOCK_SIZE=8 COMMENT 'it''s' /*!80000 INVISIBLE */,
              SPATIAL KEY `sp` (`p`),
              KEY `k1` ((lower(`v`)),`y` DESC),
              FULLTEXT KEY `ft` (`v`) COMMENT 'c' /*!50100 WITH PARSER `ngram` */ ,
              CONSTRAINT `fk``1` FOREIGN KEY (`y`, `id`) REFERENCES `other`.`parent` (`k`, `l`) ON DELETE SET NULL ON UPDATE NO ACTION,
              CONSTRAINT `ck` CHECK (((`y` > 0) and (`v` <> _utf8mb4')'))),
              CONSTRAINT `no` CHECK ((`y` in (1,2))) /*!80016 NOT ENFORCED */
            ) /*!50100 TABLESPACE `ts` */ /*!80023 AUTOEXTEND_SIZE=4194304 */ ENGINE=InnoDB AUTO_INCREMENT=18446744073709551615 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci MIN_ROWS=5 ROW_FORMAT=COMPRESSED COMPRESSION='zlib' /*!80016 ENCRYPTION='Y' */ COMMENT='t '' c' DATA DIRECTORY='/d/'
            /*!50100 PARTITION BY RANGE (`y`)
            (PARTITION p0 VALUES LESS THAN (2000) COMMENT = 'it\\'s' ENGINE = InnoDB) */""";

    @Test
    void printsWhatItRead() {
        assertThat(CreateTablePrinter.print(CreateTableParser.parse(ServerKind.MYSQL, TEXT)))
                .isEqualTo(TEXT);
    }

    @Test
    void readsTheParts() {
        Table table = CreateTableParser.parse(ServerKind.MYSQL, TEXT);

        assertThat(table.name()).isEqualTo("a`, (");
        assertThat(table.columns()).hasSize(14);
        assertThat(table.column("id").comment()).isEqualTo("it's a \\ \"q\" \n");
        assertThat(table.column("e").type()).isEqualTo("enum('a','b,c','d''e','f)g','h\\\\i','')");
        assertThat(table.column("dc").type()).isEqualTo("decimal(30,10) unsigned zerofill");
        assertThat(table.column("ex").defaultValue()).isEqualTo("(concat(_utf8mb4'(',uuid()))");
        assertThat(table.columns().stream().filter(Column::isGenerated).map(Column::stored))
                .containsExactly(false, true);
        assertThat(table.column("p").srid()).isEqualTo(4326);
        assertThat(table.indexes().stream().filter(Index::isInvisible).map(Index::name))
                .containsExactly("k2");
        assertThat(table.foreignKeys().get(0).parentSchema()).isEqualTo("other");
        assertThat(table.checks().get(1).enforced()).isFalse();
        assertThat(table.autoIncrement()).isEqualTo(-1L);
        assertThat(table.partitioning()).startsWith("/*!50100 PARTITION BY RANGE").endsWith(" */");
    }

    @Test
    void refusesByNameWhatItDoesNotKnow() {
        String unknown =
                "CREATE TABLE `t` (\n  `a` int NOT SECONDARY\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
        String otherWords = "CREATE TABLE `t` (\n  `a`  int\n) ENGINE=InnoDB";

        assertThatThrownBy(() -> SchemaReader.model(ServerKind.MYSQL, "shop.t", unknown))
                .isInstanceOfSatisfying(
                        StructureException.class, e -> assertThat(e.object()).isEqualTo("shop.t"))
                .hasMessageContaining("NOT SECONDARY");
        assertThatThrownBy(() -> SchemaReader.model(ServerKind.MYSQL, "shop.t", otherWords))
                .isInstanceOf(StructureException.class)
                .hasMessageContaining("`a`  int");
    }

    /** MariaDB 11.4.5 of a column {@code a``b} with two backticks. */
    @Test
    void refusesAForeignKeyOfAColumnThatIsNotThere() {
        String misprinted =
                "CREATE TABLE `c` (\n  `a````b` int(11) DEFAULT NULL,\n  KEY `k` (`a````b`),\n"
                        + "  CONSTRAINT `f` FOREIGN KEY (`a``b`) REFERENCES `t` (`id`)\n"
                        + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

        assertThatThrownBy(() -> SchemaReader.model(ServerKind.MARIADB, "shop.c", misprinted))
                .isInstanceOfSatisfying(
                        StructureException.class, e -> assertThat(e.object()).isEqualTo("shop.c"))
                .hasMessageContaining("foreign key f is of a`b, which is no column");
    }
}
