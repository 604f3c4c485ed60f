package io.bactrian.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Typed bodies in routes: what a step takes from a message and what becomes of the parts of a
 * split.
 */
final class Body {
    private Body() {}

    /** What {@code step} makes of the body. */
    static <T> Expression map(Class<T> type, Function<T, ?> step) {
        return from(e -> step.apply(of(e, type)));
    }

    /** What {@code step} makes of the message. */
    static Expression from(Function<Exchange, ?> step) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return step.apply(exchange);
            }
        };
    }

    /**
     * The body, or null if it is of another type: a split of nothing leaves the message as it was.
     */
    static <T> T of(Exchange exchange, Class<T> type) {
        Object body = exchange.getMessage().getBody();
        return type.isInstance(body) ? type.cast(body) : null;
    }

    /** The body as a list of {@code type}; empty after a split of nothing. */
    static <T> List<T> list(Exchange exchange, Class<T> type) {
        List<T> list = new ArrayList<>();
        if (exchange.getMessage().getBody() instanceof List<?> parts) {
            parts.forEach(part -> list.add(type.cast(part)));
        }
        return list;
    }

    /**
     * The parts' bodies added up. The first failure stays with the whole; one that was dealt with
     * is none.
     */
    static <T> AggregationStrategy sum(Class<T> type, BinaryOperator<T> add) {
        return (all, part) -> {
            // to the route that goes on with the sum, this would be the end
            part.getExchangeExtension().setErrorHandlerHandled(false);
            if (all == null || failed(all, part)) {
                return all == null ? part : all;
            }
            all.getMessage().setBody(add.apply(of(all, type), of(part, type)));
            return all;
        };
    }

    /** The parts' bodies as a list, in the order in which they were done. */
    static AggregationStrategy list() {
        return (all, part) -> {
            if (all == null) {
                part.getMessage().setBody(new ArrayList<>(List.of(part.getMessage().getBody())));
                return part;
            }
            if (!failed(all, part)) {
                all.getMessage().getBody(List.class).add(part.getMessage().getBody());
            }
            return all;
        };
    }

    private static boolean failed(Exchange all, Exchange part) {
        if (all.getException() == null && part.getException() != null) {
            all.setException(part.getException());
        }
        return all.getException() != null;
    }
}
