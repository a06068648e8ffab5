package dev.clew.contract.tls;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ClientCertificateTest extends ClientCertificateContract {}
