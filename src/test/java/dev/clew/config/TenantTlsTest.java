package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.tenant.TenantReader;
import dev.clew.config.tenant.TenantReading;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TenantLoader.Candidate;
import dev.clew.tenant.tls.ServerCertificate;
import dev.clew.tenant.tls.TenantTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of the listener in a tenant's file, and the messages for invalid settings. */
class TenantTlsTest {

    private static final String FILE =
            """
            hosts: [a.test]
            %s
            upstreams: {a: {endpoints: ["http://a"]}}
            routes: [{name: all, match: {path: /**}, upstream: a}]
            """;

    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException {
        dev.clew.testing.PemFiles.create(folder, "a");
        dev.clew.testing.PemFiles.create(folder, "b");
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(
                folder.resolve("locked.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
        Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
    }

    private Optional<Candidate> read(String settings, List<Problem> problems) {
        TenantReading reading = new TenantReader(
                        TenantDefaults.STANDARD, Map.<String, String>of()::get, folder, Set.of("default"))
                .read("a.yaml", new TenantId("a"), FILE.formatted(settings).getBytes(StandardCharsets.UTF_8), null);
        problems.addAll(reading.problems());
        return reading.candidate();
    }

    private TenantTls tls(String settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<Candidate> tenant = read(settings, problems);
        assertEquals(List.of(), problems);
        return tenant.orElseThrow().entry().tenant().tls();
    }

    private ServerCertificate certificate(String key) {
        return Objects.requireNonNull(
                tls("tls: {certificate: a.crt, key: " + key + "}").certificate());
    }

    @Test
    void nothingIsShownAndNobodySentElsewhereUnlessTheFileSaysSo() {
        assertEquals(TenantTls.NONE, tls(""));
    }

    @Test
    void readsACertificateWithItsKey() {
        TenantTls tls = tls("tls: {certificate: a.crt, key: a.key, redirect: true}");

        assertEquals(1, Objects.requireNonNull(tls.certificate()).chain().size());
        assertNull(tls.clients());
        assertTrue(tls.redirect());
    }

    @Test
    void aRedirectNeedsNoCertificateOfItsOwn() {
        assertEquals(new TenantTls(null, true, false), tls("tls: {redirect: true}"));
    }

    @Test
    void clientsNeedACertificateWhereAuthoritiesAreNamed() {
        String settings = "tls: {certificate: a.crt, key: a.key, client-certificates: {authorities: b.crt%s}}";

        assertTrue(tls(settings.formatted("")).requiresClientCertificate());
        assertFalse(tls(settings.formatted(", required: false")).requiresClientCertificate());
    }

    @Test
    void upstreamsAreToldOfAClientsCertificateWhereTheFileSaysSo() {
        String settings = "tls: {certificate: a.crt, key: a.key, client-certificates: {authorities: b.crt%s}}";

        assertFalse(tls(settings.formatted("")).forwardsClients());
        assertTrue(tls(settings.formatted(", forward: true")).forwardsClients());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets/a.crt", "x/../secrets/a.crt", "secrets/a.d/own.crt"})
    void ofSecretsATenantNamesItsOwn(String path) throws IOException {
        Files.createDirectories(folder.resolve("secrets/a.d"));
        Files.copy(folder.resolve("a.crt"), folder.resolve(path).normalize(), StandardCopyOption.REPLACE_EXISTING);

        assertTrue(tls("tls: {certificate: " + path + ", key: a.key}").certificate() != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets/b.crt",
                "secrets/ab.crt",
                "secrets/a-b.crt",
                "secrets/A.crt",
                "secrets/a.d/../b.crt",
                "x/../secrets/b.crt",
                "./secrets//b.crt",
                "secrets/..data/a.crt",
                "secrets"
            })
    void ofSecretsNobodyNamesAnothers(String path) throws IOException {
        Path file = folder.resolve(path).normalize();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        if (!Files.isDirectory(file)) {
            Files.copy(folder.resolve("a.crt"), file, StandardCopyOption.REPLACE_EXISTING);
        }
        List<Problem> problems = new ArrayList<>();
        read("tls: {certificate: " + path + ", key: a.key}", problems);

        assertEquals(
                List.of("\"" + path + "\" (expected: of secrets/, what begins with a.)"),
                problems.stream().map(Problem::message).toList());
    }

    @Test
    void filesThatSayTheSameAreTheSame() throws IOException {
        ServerCertificate before = certificate("a.key");
        Files.writeString(folder.resolve("c.key"), "a comment\n" + Files.readString(folder.resolve("a.key")));

        assertEquals(before, certificate("c.key"));
    }

    @Test
    void showsNoKeyWhenItIsPrinted() {
        ServerCertificate certificate = certificate("a.key");

        assertEquals("certificate", certificate.toString());
        assertEquals(
                "TenantTls[certificate=certificate, redirect=false, forwardsClients=false]",
                new TenantTls(certificate, false, false).toString());
    }

    /** RFC 5915 section 3; the key itself names the curve. */
    @Test
    void readsAKeyAsOpensslUsedToWriteIt() throws IOException {
        ECPrivateKey key = (ECPrivateKey) certificate("a.key").key();
        byte[] number = unsigned(key.getS());
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.writeBytes(HEX.parseHex("30310201010420"));
        der.writeBytes(number);
        der.writeBytes(HEX.parseHex("a00a06082a8648ce3d030107"));
        Files.writeString(
                folder.resolve("sec1.key"),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + pem("EC PRIVATE KEY", der.toByteArray()));

        assertEquals(key.getS(), ((ECPrivateKey) certificate("sec1.key").key()).getS());
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] unsigned = new byte[32];
        byte[] digits = signed.length > 32 ? Arrays.copyOfRange(signed, 1, 33) : signed;
        System.arraycopy(digits, 0, unsigned, 32 - digits.length, digits.length);
        return unsigned;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            certificate: a.crt                        | tls.key: missing (expected: a value)
            key: a.key                                | tls.certificate: missing (expected: a value)
            certificate: a.crt, key: b.key            | tls.key: another certificate's (expected: the key of tls.certificate)
            certificate: no.crt, key: a.key           | tls.certificate: "no.crt" (expected: a file that can be read)
            certificate: ../a.crt, key: a.key         | tls.certificate: "../a.crt" (expected: a path within the configuration's folder)
            certificate: empty.pem, key: a.key        | tls.certificate: "empty.pem" (expected: a PEM file of certificates)
            certificate: a.key, key: a.key            | tls.certificate: "a.key" (expected: a PEM file of certificates)
            certificate: a.crt, key: a.crt            | tls.key: "a.crt" (expected: a PEM file of a private key without a password, RSA, EC or EdDSA)
            certificate: a.crt, key: locked.key       | tls.key: "locked.key" (expected: a PEM file of a private key without a password, RSA, EC or EdDSA)
            certificate: a.crt, key: broken.key       | tls.key: "broken.key" (expected: a PEM file of a private key without a password, RSA, EC or EdDSA)
            redirect: often                           | tls.redirect: "often" (expected: true or false)
            client-certificates: {authorities: b.crt} | tls.certificate: missing (expected: a certificate beside client-certificates)
            certificate: a.crt, key: a.key, client-certificates: {required: true} | tls.client-certificates.authorities: missing (expected: a value)
            """)
    void saysWhatIsWrong(String settings, String problem) {
        List<Problem> problems = new ArrayList<>();
        Optional<Candidate> tenant = read("tls: {" + settings + "}", problems);

        assertEquals(Optional.empty(), tenant);
        assertEquals(
                List.of(problem),
                problems.stream()
                        .map(found -> found.key() + ": " + found.message())
                        .toList());
    }

    @Test
    void whoSharesAHostHasNoCertificate() {
        List<Problem> problems = new ArrayList<>();
        read("match: {path-prefix: /a}\ntls: {certificate: a.crt, key: a.key}", problems);

        assertEquals(
                List.of("tls.certificate: beside match (expected: hosts of this tenant alone)"),
                problems.stream()
                        .map(found -> found.key() + ": " + found.message())
                        .toList());
    }
}
