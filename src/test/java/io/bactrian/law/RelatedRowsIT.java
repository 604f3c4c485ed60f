package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.route.SyncReport;
import io.bactrian.sync.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Laws Y6 and Y8 where no row can move before another: each of these once stood still for ever. */
@Timeout(60)
class RelatedRowsIT {
    private static final String OFFICE = "CREATE TABLE office (id INT PRIMARY KEY, head INT)";
    private static final String CLERK =
            "CREATE TABLE clerk (id INT PRIMARY KEY, office INT NOT NULL, FOREIGN KEY (office) REFERENCES office (id));"
                    + " ALTER TABLE office ADD FOREIGN KEY (head) REFERENCES clerk (id)";
    private static final String CUSTOMER =
            "CREATE TABLE customer (id INT PRIMARY KEY, email VARCHAR(40) UNIQUE)";
    private static final String ORDERS =
            "CREATE TABLE orders (id INT PRIMARY KEY, customer INT,"
                    + " FOREIGN KEY (customer) REFERENCES customer (id) ON UPDATE CASCADE)";

    private static void converges(SyncReport report, Duo duo) {
        assertThat(report.converged()).as(report + duo.left()).isTrue();
    }

    @Test
    void rowsThatReferToEachOtherComeAndGoTogether() {
        try (Duo duo = Duo.of("related_circle", OFFICE, CLERK)) {
            duo.atLocal(
                    "INSERT INTO office VALUES (1, NULL)",
                    "INSERT INTO clerk VALUES (7, 1), (8, 1)",
                    "UPDATE office SET head = 7");
            converges(duo.round(), duo);
            assertThat(duo.atBoth("SELECT * FROM office")).containsExactly("1 7");
            assertThat(duo.atBoth("SELECT * FROM clerk")).containsExactly("7 1", "8 1");

            duo.atRemote(
                    "UPDATE office SET head = NULL", "DELETE FROM clerk", "DELETE FROM office");
            converges(duo.round(), duo);
            assertThat(duo.atBoth("SELECT * FROM office")).isEmpty();
            assertThat(duo.atBoth("SELECT * FROM clerk")).isEmpty();
            assertThat(duo.conflicts("id")).isEmpty();
        }
    }

    @Test
    void childThatTheOtherSideAddedKeepsTheCircle() {
        try (Duo duo = Duo.of("related_kept", OFFICE, CLERK)) {
            duo.atLocal(
                    "INSERT INTO office VALUES (1, NULL)",
                    "INSERT INTO clerk VALUES (7, 1)",
                    "UPDATE office SET head = 7");
            converges(duo.round(), duo);
            duo.atLocal("UPDATE office SET head = NULL", "DELETE FROM clerk", "DELETE FROM office");
            duo.atRemote("INSERT INTO clerk VALUES (9, 1)");
            converges(duo.round(), duo);
            assertThat(duo.atBoth("SELECT id FROM clerk")).contains("9");
            assertThat(duo.atBoth("SELECT id FROM office")).containsExactly("1");
        }
    }

    @Test
    void changedKeyTakesItsUniqueValueAndItsChildrenAlong() {
        try (Duo duo = Duo.of("related_key", CUSTOMER, ORDERS)) {
            duo.atLocal(
                    "INSERT INTO customer VALUES (4, 'a@b.c')",
                    "INSERT INTO orders VALUES (1, 4), (2, 4)");
            converges(duo.round(), duo);
            duo.atLocal("UPDATE customer SET id = 5");
            converges(duo.round(), duo);
            assertThat(duo.atBoth("SELECT * FROM customer")).containsExactly("5 a@b.c");
            assertThat(duo.atBoth("SELECT * FROM orders")).containsExactly("1 5", "2 5");
            assertThat(duo.conflicts("id")).isEmpty();
        }
    }

    /** What does not sync may forbid the end of a row that the other side deleted. */
    @Test
    void rowThatATableOutsideOfSyncRefersToStaysUntilItIsFree() {
        try (Duo duo =
                Duo.of(
                        "related_outside",
                        CUSTOMER,
                        "CREATE TABLE note (customer INT, FOREIGN KEY (customer) REFERENCES customer (id))")) {
            duo.atLocal("INSERT INTO customer VALUES (1, 'a'), (2, 'b')");
            converges(duo.round(), duo);
            duo.atLocal(
                    "INSERT INTO note VALUES (1)",
                    "UPDATE customer SET email = 'a@b.c' WHERE id = 1");
            duo.atRemote(
                    "DELETE FROM customer WHERE id = 1", "UPDATE customer SET email = 'd@e.f'");

            SyncReport report = duo.round();

            assertThat(report.converged()).isFalse();
            assertThat(duo.askLocal("SELECT email FROM customer WHERE id = 1"))
                    .containsExactly(List.of("a@b.c"));
            assertThat(duo.atBoth("SELECT * FROM customer WHERE id = 2"))
                    .containsExactly("2 d@e.f");
            duo.atLocal("DELETE FROM note");
            converges(duo.round(), duo);
            assertThat(duo.atBoth("SELECT * FROM customer")).containsExactly("2 d@e.f");
            assertThat(duo.conflicts("local_data->>'$.email', resolution"))
                    .containsExactly("a@b.c REMOTE");
        }
    }

    @Test
    void loserOfAUniqueValueThatATableOutsideOfSyncRefersToStaysUntilItIsFree() {
        try (Duo duo =
                Duo.of(
                        "related_loser",
                        CUSTOMER,
                        "CREATE TABLE note (customer INT, FOREIGN KEY (customer) REFERENCES customer (id))")) {
            duo.atLocal(
                    "INSERT INTO customer VALUES (1, 'a'), (3, 'c')",
                    "INSERT INTO note VALUES (1)");
            duo.atRemote("INSERT INTO customer VALUES (2, 'a')");

            SyncReport report = duo.round();

            assertThat(report.converged()).isFalse();
            assertThat(duo.askLocal("SELECT * FROM customer WHERE email = 'a'"))
                    .containsExactly(List.of("1", "a"));
            assertThat(duo.askRemote("SELECT * FROM customer"))
                    .containsExactly(List.of("2", "a"), List.of("3", "c"));
            duo.atLocal("DELETE FROM note");
            converges(duo.round(), duo);
            assertThat(duo.atBoth("SELECT * FROM customer")).containsExactly("2 a", "3 c");
            assertThat(duo.conflicts("conflict_type, local_data->>'$.id', resolution"))
                    .containsExactly("UNIQUE_KEY 1 REMOTE");
        }
    }

    /** Only what may be free one day is waited for in silence. */
    @Test
    void loserWhoseEndATriggerForbidsIsTold() {
        try (Duo duo =
                Duo.of(
                        "related_forbidden",
                        CUSTOMER,
                        "CREATE TRIGGER forbids BEFORE DELETE ON customer FOR EACH ROW"
                                + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no customer goes'")) {
            duo.atLocal("INSERT INTO customer VALUES (1, 'a')");
            duo.atRemote("INSERT INTO customer VALUES (2, 'a')");

            assertThat(duo.round().errors()).isPositive();
            assertThat(duo.askLocal("SELECT * FROM customer")).containsExactly(List.of("1", "a"));
        }
    }

    /** A value that rows of one side refer to, and the other changed: nothing goes for that. */
    @Test
    void valueThatRowsReferToDoesNotTakeTheRowAlongWhenItChanges() {
        try (Duo duo =
                Duo.of(
                        "related_value",
                        CUSTOMER + ";" + " ALTER TABLE customer ADD COLUMN v INT",
                        "CREATE TABLE letter (id INT PRIMARY KEY, email VARCHAR(40),"
                                + " FOREIGN KEY (email) REFERENCES customer (email))")) {
            duo.atLocal("INSERT INTO customer VALUES (1, 'a', 0)");
            converges(duo.round(), duo);
            duo.atLocal("INSERT INTO letter VALUES (9, 'a')", "UPDATE customer SET v = 1");
            duo.atRemote("UPDATE customer SET email = 'b', v = 2");

            assertThat(duo.round().converged()).isFalse();

            assertThat(duo.askLocal("SELECT * FROM customer"))
                    .containsExactly(List.of("1", "a", "1"));
            assertThat(duo.askRemote("SELECT * FROM customer"))
                    .containsExactly(List.of("1", "b", "2"));
            assertThat(duo.askLocal("SELECT * FROM letter")).containsExactly(List.of("9", "a"));
            assertThat(duo.conflicts("table_name, conflict_type, resolution"))
                    .containsExactly("letter FOREIGN_KEY null");
            duo.atLocal("DELETE FROM letter").round();
            assertThat(duo.atBoth("SELECT * FROM customer")).containsExactly("1 b 2");
        }
    }

    @Test
    void parentWhoseUniqueValueIsTakenWaitsForAPerson() {
        try (Duo duo = Duo.of("related_taken", CUSTOMER, ORDERS).set("strategy", "LOCAL_WINS")) {
            duo.atLocal("INSERT INTO customer VALUES (4, 'a@b.c')");
            converges(duo.round(), duo);
            duo.atRemote("DELETE FROM customer", "INSERT INTO customer VALUES (5, 'a@b.c')");
            duo.atLocal(
                    "INSERT INTO orders VALUES (1, 4)", "INSERT INTO customer VALUES (6, 'else')");
            SyncReport report = duo.round();
            assertThat(report.conflictsWaiting()).as(report.toString()).isPositive();
            assertThat(Duo.lines(duo.askRemote("SELECT id FROM customer ORDER BY id")))
                    .as("all else flows")
                    .containsExactly("5", "6");
            assertThat(duo.conflicts("table_name, record_id, conflict_type, resolution"))
                    .containsExactly("orders 1 FOREIGN_KEY null");
            long id = Long.parseLong(duo.askRemote("SELECT id FROM sync_conflicts").get(0).get(0));
            converges(duo.decide(id, Side.REMOTE), duo);
            assertThat(duo.atBoth("SELECT id FROM customer ORDER BY id")).containsExactly("5", "6");
            assertThat(duo.atBoth("SELECT id FROM orders")).isEmpty();
        }
    }

    @Test
    void truncateIsADeleteOfRowsThatTheOtherSideChanged() {
        for (String strategy : List.of("REMOTE_WINS", "LOCAL_WINS")) {
            try (Duo duo = Duo.of("related_truncated", CUSTOMER).set("strategy", strategy)) {
                duo.atLocal("INSERT INTO customer VALUES (1, 'one'), (2, 'two'), (3, 'three')");
                converges(duo.round(), duo);
                duo.atLocal(
                        "UPDATE customer SET email = 'new' WHERE id = 2",
                        "INSERT INTO customer VALUES (4, 'four')");
                duo.atRemote("TRUNCATE customer");
                converges(duo.round(), duo);
                assertThat(duo.atBoth("SELECT * FROM customer ORDER BY id"))
                        .isEqualTo(
                                strategy.equals("REMOTE_WINS")
                                        ? List.of("4 four")
                                        : List.of("2 new", "4 four"));
                assertThat(
                                duo.conflicts(
                                        "conflict_type, base_data->>'$.email', local_data->>'$.email', remote_data, resolution"))
                        .containsExactly(
                                "UPDATE_DELETE two new null " + strategy.replace("_WINS", ""));
            }
        }
    }

    @Test
    void decisionIsAboutTheRowHoweverItsKeyIsWritten() {
        try (Duo duo =
                Duo.of(
                                "related_spelled",
                                "CREATE TABLE word (k VARCHAR(9) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, v INT)")
                        .set("strategy", "MANUAL")) {
            duo.atLocal("INSERT INTO word VALUES ('b', 1)");
            converges(duo.round(), duo);
            duo.atLocal("UPDATE word SET v = 2");
            duo.atRemote(
                    "DELETE FROM word",
                    "INSERT INTO word VALUES ('B', 3)",
                    "UPDATE word SET k = 'b'");
            assertThat(duo.round().conflictsWaiting()).isPositive();
            long id = Long.parseLong(duo.askRemote("SELECT id FROM sync_conflicts").get(0).get(0));
            converges(duo.decide(id, Side.REMOTE), duo);
            assertThat(duo.atBoth("SELECT * FROM word")).containsExactly("b 3");
        }
    }
}
