package io.bactrian.route;

/**
 * Who wants something done.
 *
 * @param door by which he came
 * @param who the account, the name of the token, or the route
 */
public record Caller(Door door, String who) {
    /** The ways in. */
    public enum Door {
        COMMAND,
        HTTP,
        JMX,
        SCHEDULE
    }
}
