package io.bactrian.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The programs of a kind of server, and a data folder as it is right after initialisation. */
interface Distribution {

    /** A command for the server with the data folder, the arguments and the libraries it needs. */
    ProcessBuilder server(Path data, List<String> arguments);

    /**
     * Makes the new folder {@code data} one that a server can start on; each copy is another server
     * to whoever asks.
     */
    void copyEmptyData(Path data) throws IOException;
}
