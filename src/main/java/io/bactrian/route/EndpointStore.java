package io.bactrian.route;

import io.bactrian.backup.BackupStore;
import io.bactrian.error.BackupException;
import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.util.URISupport;

/** A Camel endpoint as a place for backups. */
final class EndpointStore implements BackupStore {
    /** Those that write files by name, and can give one back. */
    private static final Set<String> FILES = Set.of("file", "ftp", "ftps", "sftp");

    private static final long WAIT_MILLIS = 60_000;

    private final CamelContext context;
    private final String uri;

    EndpointStore(CamelContext context, String uri) {
        this.context = context;
        this.uri = uri;
    }

    @Override
    public String name() {
        String shown = URISupport.sanitizeUri(uri);
        int options = shown.indexOf('?');
        return options < 0 ? shown : shown.substring(0, options);
    }

    private boolean holdsFiles() {
        return FILES.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))));
    }

    private String with(Map<String, Object> options) throws Exception {
        Map<String, Object> added = new LinkedHashMap<>(options);
        if (uri.startsWith("ftp")) {
            // else ftp takes an archive for text, and changes its line ends
            added.put("binary", true);
        }
        // what whoever set the endpoint has said holds
        added.keySet().removeAll(URISupport.parseQuery(URISupport.extractQuery(uri)).keySet());
        return URISupport.appendParametersToURI(uri, added);
    }

    @Override
    public void put(String name, Path file) throws Exception {
        // a file that is half written has not its name yet
        String to = holdsFiles() ? with(Map.of("tempPrefix", ".unfinished-")) : uri;
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange answer =
                    template.send(
                            to,
                            ExchangePattern.InOnly,
                            e -> {
                                e.getMessage().setBody(file.toFile());
                                e.getMessage().setHeader(Exchange.FILE_NAME, name);
                                e.getMessage().setHeader("CamelAwsS3Key", name);
                                e.getMessage().setHeader("CamelAzureStorageBlobBlobName", name);
                            });
            if (answer.getException() != null) {
                throw answer.getException();
            }
        } catch (NoSuchEndpointException | ResolveEndpointFailedException e) {
            throw unresolved(e);
        }
    }

    private Exception unresolved(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // aws2-s3: asks for its bucket as soon as it is made
            if (cause instanceof IOException) {
                return e;
            }
        }
        return new ConfigException(
                "bactrian.backup.to",
                "is no endpoint that is known here: " + name(),
                "put Camel's component for it into lib/ (docs/extending.md)",
                e);
    }

    /**
     * @throws BackupException for an endpoint of which it is not known how it gives a file back
     */
    @Override
    public boolean get(String name, Path file) throws Exception {
        if (!holdsFiles()) {
            throw new BackupException(
                    name,
                    "is not in the folder of backups, and cannot be fetched from "
                            + name()
                            + " here",
                    "fetch it by hand into bactrian.backup.dir, and run it again");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("fileName", name);
        options.put("noop", true);
        options.put("idempotent", false);
        options.put("initialDelay", 0);
        // that there is none is told at once
        options.put("sendEmptyMessageWhenIdle", true);
        if (!uri.startsWith("file:")) {
            // else all of it would be held in memory
            options.put("localWorkDirectory", file.getParent().resolve("arriving").toString());
        }
        try (ConsumerTemplate template = context.createConsumerTemplate()) {
            Exchange answer = template.receive(with(options), WAIT_MILLIS);
            if (answer == null) {
                return false;
            }
            try (InputStream in = answer.getMessage().getBody(InputStream.class)) {
                if (in == null) {
                    return false;
                }
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return true;
            } finally {
                template.doneUoW(answer);
            }
        } catch (NoSuchEndpointException | ResolveEndpointFailedException e) {
            throw unresolved(e);
        }
    }
}
