package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnNamesTest {
    private final OwnNames own = new OwnNames("shop", Set.of("orders", "a`b"));

    @Test
    void takesTheSchemaOffItsObjects() {
        assertThat(own.unqualify("select shop.orders.id, `shop`.`a``b` from `shop`.orders"))
                .isEqualTo("select orders.id, `a``b` from orders");
    }

    @Test
    void leavesStringsCommentsAliasesAndOtherSchemasAlone() {
        String text =
                "select 'shop.orders', shop.id /* shop.orders */ from other.shop, myshop.orders as shop -- shop.orders";

        assertThat(own.unqualify(text)).isEqualTo(text);
    }
}
