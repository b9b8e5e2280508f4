package org.chevet.feed.hl7;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Real certificates of a test, made by the JDK's own keytool. */
final class Certificates {
    /** Fewer than keytool's own, which take it seconds to find. */
    private static final String RSA_BITS = "2048";

    private static final String EC_BITS = "256";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** An authority that signs others. */
    void authority(String name) {
        generate(name, "EC", "-ext", "bc:c");
    }

    /** Its own signed by an authority, valid from so many days from now (negative: before) for so many days. */
    void signed(String name, String authority, String algorithm, int fromDays, int days) {
        generate(
                name,
                algorithm,
                "-keysize",
                algorithm.equals("RSA") ? RSA_BITS : EC_BITS,
                "-signer",
                authority,
                "-signerkeypass",
                "changeit",
                "-startdate",
                "%+dd".formatted(fromDays),
                "-validity",
                String.valueOf(days),
                "-ext",
                "san=ip:127.0.0.1");
    }

    void signed(String name, String authority) {
        signed(name, authority, "RSA", 0, 365);
    }

    /** The PEM file of a certificate without the authority. */
    Path certificate(String name) {
        try {
            return write(
                    name + ".pem", "CERTIFICATE", store().getCertificate(name).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path key(String name) {
        try {
            return write(
                    name + ".key", "PRIVATE KEY", store().getKey(name, PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client's side of TLS. */
    SSLContext client(String authority, String... identity) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry("authority", store().getCertificate(authority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = empty();
            for (String name : identity) {
                own.setKeyEntry(
                        name, store().getKey(name, PASSWORD), PASSWORD, new Certificate[] {store().getCertificate(name)
                        });
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            // The JDK shows a certificate only to who names its authority: one from elsewhere must be forced on the
            // server.
            context.init(
                    identity.length == 0 ? null : new javax.net.ssl.KeyManager[] {new Insisting(keys, identity[0])},
                    trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows its certificate whoever asks. */
    private static final class Insisting extends javax.net.ssl.X509ExtendedKeyManager {
        private final javax.net.ssl.X509ExtendedKeyManager keys;
        private final String alias;

        Insisting(KeyManagerFactory factory, String alias) {
            this.keys = (javax.net.ssl.X509ExtendedKeyManager) factory.getKeyManagers()[0];
            this.alias = alias;
        }

        @Override
        public String chooseClientAlias(String[] keyType, java.security.Principal[] issuers, java.net.Socket socket) {
            return alias;
        }

        @Override
        public String[] getClientAliases(String keyType, java.security.Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String[] getServerAliases(String keyType, java.security.Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, java.security.Principal[] issuers, java.net.Socket socket) {
            return alias;
        }

        @Override
        public java.security.cert.X509Certificate[] getCertificateChain(String of) {
            return keys.getCertificateChain(of);
        }

        @Override
        public java.security.PrivateKey getPrivateKey(String of) {
            return keys.getPrivateKey(of);
        }
    }

    private void generate(String name, String algorithm, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // It is started for each of them, and over before anything faster pays.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                // Nobody guesses at this password: ten thousand rounds for each key would be most of reading the file.
                "-J-Dkeystore.pkcs12.macIterationCount=1",
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                algorithm,
                "-keystore",
                folder.resolve("all.p12").toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() {
        try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path write(String file, String kind, byte[] der) {
        String pem = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        try {
            return Files.writeString(folder.resolve(file), pem);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
