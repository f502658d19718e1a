/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imds.test.instance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Signs identity documents with the test key. Signatures are made at first use: the
 * cryptography of a virtual machine takes time to load.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5652#section-5">RFC 5652, Cryptographic
 * Message Syntax, section 5</a>
 */
final class IdentitySigner {

	private static final String SHA1 = "06052b0e03021a";

	private static final String SHA256 = "0609608648016503040201";

	private static final String RSA = "06092a864886f70d010101";

	private static final String DATA = "06092a864886f70d010701";

	private static final String SIGNED_DATA = "06092a864886f70d010702";

	private static final int INTEGER = 0x02;

	private static final int OCTET_STRING = 0x04;

	private static final int SEQUENCE = 0x30;

	private static final int SET = 0x31;

	private static final int CONTEXT_0 = 0xa0;

	private IdentitySigner() {
	}

	/**
	 * Replace the signatures that an instance has.
	 */
	static void sign(SimulatedMetadata metadata, byte[] document) {
		sign(metadata, "signature", () -> lines(signature("SHA256withRSA", document), 76));
		sign(metadata, "rsa2048", () -> lines(message("SHA256withRSA", SHA256, document), 64));
		sign(metadata, "pkcs7", () -> lines(message("SHA1withRSA", SHA1, document), 64));
	}

	private static void sign(SimulatedMetadata metadata, String name, Supplier<byte[]> signature) {
		String path = "dynamic/instance-identity/" + name;
		if (metadata.has(path)) {
			metadata.put(path, new Memoized(signature));
		}
	}

	private static byte[] lines(byte[] bytes, int length) {
		return Base64.getMimeEncoder(length, new byte[] { '\n' }).encode(bytes);
	}

	private static byte[] signature(String algorithm, byte[] document) {
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(TestKey.KEY);
			signature.update(document);
			return signature.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] message(String algorithm, String digest, byte[] document) {
		byte[] digestAlgorithm = der(SEQUENCE, hex(digest), hex("0500"));
		byte[] content = der(SEQUENCE, hex(DATA), der(CONTEXT_0, der(OCTET_STRING, document)));
		byte[] signer = der(SEQUENCE, der(INTEGER, BigInteger.ONE.toByteArray()),
				der(SEQUENCE, TestKey.CERTIFICATE.getIssuerX500Principal().getEncoded(),
						der(INTEGER, TestKey.CERTIFICATE.getSerialNumber().toByteArray())),
				digestAlgorithm, der(SEQUENCE, hex(RSA), hex("0500")),
				der(OCTET_STRING, signature(algorithm, document)));
		byte[] signedData = der(SEQUENCE, der(INTEGER, BigInteger.ONE.toByteArray()), der(SET, digestAlgorithm),
				content, der(CONTEXT_0, TestKey.encodedCertificate()), der(SET, signer));
		return der(SEQUENCE, hex(SIGNED_DATA), der(CONTEXT_0, signedData));
	}

	private static byte[] hex(String text) {
		return HexFormat.of().parseHex(text);
	}

	private static byte[] der(int tag, byte[]... parts) {
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		byte[] size = (length < 0x80) ? new byte[] { (byte) length } : longSize(length);
		byte[] encoded = new byte[1 + size.length + length];
		encoded[0] = (byte) tag;
		System.arraycopy(size, 0, encoded, 1, size.length);
		int position = 1 + size.length;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, encoded, position, part.length);
			position += part.length;
		}
		return encoded;
	}

	private static byte[] longSize(int length) {
		return (length < 0x100) ? new byte[] { (byte) 0x81, (byte) length }
				: new byte[] { (byte) 0x82, (byte) (length >> Byte.SIZE), (byte) length };
	}

	/**
	 * Loaded with the first signature.
	 */
	private static final class TestKey {

		static final X509Certificate CERTIFICATE = certificate();

		static final PrivateKey KEY = key();

		private static X509Certificate certificate() {
			try {
				return (X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(
							new ByteArrayInputStream(resource("/io/github/imds/test/identity-certificate.pem")));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static PrivateKey key() {
			String pem = new String(resource("/io/github/imds/test/identity-key.pem"), StandardCharsets.US_ASCII);
			byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
			try {
				return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}

		static byte[] encodedCertificate() {
			try {
				return CERTIFICATE.getEncoded();
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static byte[] resource(String name) {
			try (InputStream resource = IdentitySigner.class.getResourceAsStream(name)) {
				return Objects.requireNonNull(resource).readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * A value that is computed once.
	 */
	private static final class Memoized implements Supplier<byte[]> {

		private final Supplier<byte[]> supplier;

		private byte @Nullable [] value;

		Memoized(Supplier<byte[]> supplier) {
			this.supplier = supplier;
		}

		@Override
		public synchronized byte[] get() {
			if (this.value == null) {
				this.value = this.supplier.get();
			}
			return this.value;
		}

	}

}
