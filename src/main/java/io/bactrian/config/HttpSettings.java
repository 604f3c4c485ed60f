package io.bactrian.config;

import io.bactrian.error.ConfigException;
import java.util.Locale;

/**
 * Where the daemon answers HTTP.
 *
 * @param port 0 takes a free one
 * @param token what a caller has to show, or empty for none
 */
public record HttpSettings(String host, int port, String token) {

    /**
     * @throws ConfigException if others than this machine could call without a token
     */
    public HttpSettings {
        if (token.isEmpty() && !isLoopback(host)) {
            throw new ConfigException(
                    Keys.HTTP_HOST.name(),
                    "is " + host + ", which others can reach, but there is no token",
                    "set " + Keys.HTTP_TOKEN.environment() + ", or keep to 127.0.0.1");
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** Without the token, so that it may be logged. */
    @Override
    public String toString() {
        return "http://" + host + ":" + port;
    }
}
