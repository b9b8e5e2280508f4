package org.chevet.feed.hl7;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a feed's TLS.
 *
 * @param certificate the feed's own, followed by those that lead to its authority
 * @param key the certificate's private key, not encrypted
 * @param clientAuthorities who signs the senders' certificates; null when none is asked for
 * @param clientRequired whether a sender without a certificate is refused; one with a foreign or expired certificate always is
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientAuthorities, boolean clientRequired) {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final int HANDSHAKE_SECONDS_MAX = 10;
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    /** What came of reading the files. */
    public sealed interface Result {
        /**
         * @param options for a server
         * @param expiresAt when the first certificate of the feed's own chain ends
         * @param digest the same for the same contents
         */
        record Good(ServerSSLOptions options, Instant expiresAt, int digest) implements Result {}

        /** @param problems each with the file's path and what to do */
        record Bad(List<String> problems) implements Result {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads and checks the files as they are now. */
    public Result read(Instant now) {
        return new Reading(now).read();
    }

    private final class Reading {
        private final Instant now;
        private final List<String> problems = new ArrayList<>();

        Reading(Instant now) {
            this.now = now;
        }

        Result read() {
            Map<Path, byte[]> contents = new LinkedHashMap<>();
            for (Path file : clientAuthorities == null
                    ? List.of(certificate, key)
                    : List.of(certificate, key, clientAuthorities)) {
                byte[] content = content(file);
                if (content != null) {
                    contents.put(file, content);
                }
            }
            List<X509Certificate> chain = certificates(certificate, contents.get(certificate));
            if (clientAuthorities != null) {
                certificates(clientAuthorities, contents.get(clientAuthorities));
            }
            byte[] keyContent = contents.get(key);
            byte[] certificateContent = contents.get(certificate);
            if (keyContent == null || certificateContent == null || chain.isEmpty() || !problems.isEmpty()) {
                return new Result.Bad(problems);
            }
            PemKeyCertOptions own = new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificateContent))
                    .addKeyValue(Buffer.buffer(keyContent));
            checkKey(own, keyContent, chain.getFirst().getPublicKey());
            return problems.isEmpty()
                    ? new Result.Good(options(own, contents), expiresAt(chain), digest(contents))
                    : new Result.Bad(problems);
        }

        private ServerSSLOptions options(KeyCertOptions own, Map<Path, byte[]> contents) {
            ServerSSLOptions options = new ServerSSLOptions()
                    .setKeyCertOptions(own)
                    .setClientAuth(ClientAuth.NONE)
                    .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX)
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
            byte[] authorities = clientAuthorities == null ? null : contents.get(clientAuthorities);
            if (authorities != null) {
                options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)))
                        .setClientAuth(clientRequired ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
            }
            return options;
        }

        private byte @Nullable [] content(Path file) {
            try {
                if (Files.size(file) > FILE_BYTES_MAX) {
                    problem(file, "is larger than " + FILE_BYTES_MAX + " bytes. Maybe it is another file.");
                    return null;
                }
                return Files.readAllBytes(file);
            } catch (NoSuchFileException missing) {
                problem(file, "is not there. Maybe the path is seen from another folder.");
            } catch (IOException unreadable) {
                problem(
                        file,
                        "cannot be read (" + unreadable.getClass().getSimpleName()
                                + "). Maybe Chevet's user may not read it.");
            }
            return null;
        }

        private List<X509Certificate> certificates(Path file, byte @Nullable [] content) {
            List<X509Certificate> found = new ArrayList<>();
            if (content == null) {
                return found;
            }
            try {
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(content))
                        .forEach(each -> found.add((X509Certificate) each));
            } catch (CertificateException notCertificates) {
                found.clear();
            }
            if (found.isEmpty()) {
                problem(file, "holds no certificate. Write PEM: -----BEGIN CERTIFICATE----- and so on.");
            }
            for (X509Certificate each : found) {
                String name = each.getSubjectX500Principal().getName();
                if (now.isAfter(each.getNotAfter().toInstant())) {
                    problem(
                            file,
                            "the certificate of " + name + " expired at "
                                    + each.getNotAfter().toInstant() + ". Put a new one there.");
                } else if (now.isBefore(each.getNotBefore().toInstant())) {
                    problem(
                            file,
                            "the certificate of " + name + " is not valid before "
                                    + each.getNotBefore().toInstant() + ". Maybe this machine's clock is wrong.");
                }
            }
            return found;
        }

        private void checkKey(PemKeyCertOptions own, byte[] content, PublicKey publicKey) {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            if (text.contains("ENCRYPTED")) {
                problem(
                        key,
                        "is encrypted with a password. Write it without: openssl pkey -in KEY -out NEW, readable by"
                                + " Chevet's user only.");
                return;
            }
            if (!text.contains("PRIVATE KEY-----")) {
                problem(key, "holds no private key. Write PEM: -----BEGIN PRIVATE KEY----- and so on.");
            } else if (!isPair(own, publicKey)) {
                problem(
                        key,
                        "is damaged, or not the key of the certificate in " + certificate
                                + ". Maybe one of them is older.");
            }
        }

        private static boolean isPair(PemKeyCertOptions own, PublicKey publicKey) {
            try {
                PrivateKey privateKey = privateKey(own, publicKey.getAlgorithm());
                return privateKey != null && isPair(privateKey, publicKey);
            } catch (Exception unreadable) {
                // Vert.x declares Exception; what it says of a key is not to be told.
                return false;
            }
        }

        private static @Nullable PrivateKey privateKey(PemKeyCertOptions own, String algorithm) throws Exception {
            for (KeyManager manager : own.getKeyManagerFactory(null).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    String[] aliases = keys.getServerAliases(algorithm, null);
                    if (aliases != null && aliases.length > 0) {
                        return keys.getPrivateKey(aliases[0]);
                    }
                }
            }
            return null;
        }

        private static boolean isPair(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
            String algorithm = switch (publicKey.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> publicKey.getAlgorithm();
            };
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(PROBE);
            return verifier.verify(signature);
        }

        private static Instant expiresAt(List<X509Certificate> chain) {
            Instant first = Instant.MAX;
            for (X509Certificate each : chain) {
                Instant end = each.getNotAfter().toInstant();
                first = end.isBefore(first) ? end : first;
            }
            return first;
        }

        private static int digest(Map<Path, byte[]> contents) {
            int digest = 1;
            for (byte[] content : contents.values()) {
                digest = 31 * digest + Arrays.hashCode(content);
            }
            return digest;
        }

        private void problem(Path file, String message) {
            problems.add(file + " " + message);
        }
    }
}
