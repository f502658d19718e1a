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

package io.github.imds.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpHeaders;

import io.github.imds.client.http.HeadReader.Head;

/**
 * Body of an answer, as the head delimits it. Truncation is an error; extra bytes are
 * ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section
 * 6.3</a>
 */
final class BodyInputStream extends InputStream {

	private static final int UNTIL_CLOSE = -1;

	/**
	 * Longer than any body, and so short that another digit does not overflow.
	 */
	private static final long MAX_LENGTH = Long.MAX_VALUE / 32;

	private final Connection connection;

	private final HeadReader lines;

	private final boolean chunked;

	/**
	 * The number of bytes that are left of the body or of the current chunk.
	 */
	private long remaining;

	private boolean firstChunk = true;

	/**
	 * Whether what precedes a chunk was begun and not read to its end. A read that was
	 * too late can be repeated within a chunk, but not there: a part of a line would be
	 * taken for a line.
	 */
	private boolean beforeChunk;

	private boolean ended;

	BodyInputStream(Connection connection, HeadReader lines, Head head) throws IOException {
		this.connection = connection;
		this.lines = lines;
		boolean withoutBody = isWithoutBody(head.status());
		this.chunked = !withoutBody && isChunked(head.fields());
		this.remaining = (this.chunked || withoutBody) ? 0 : length(head.fields());
		this.ended = !this.chunked && this.remaining == 0;
	}

	/**
	 * Return whether a status excludes a body, regardless of the header fields.
	 */
	private static boolean isWithoutBody(int status) {
		return status == 204 || status == 304;
	}

	/**
	 * Return whether the body is chunked. No other coding was asked for, and a length
	 * beside it indicates an attempt to smuggle an answer.
	 */
	private static boolean isChunked(HttpHeaders fields) throws IOException {
		List<String> codings = elements(fields, HttpHeaders.TRANSFER_ENCODING);
		if (codings.isEmpty()) {
			HeadReader.check(!fields.containsHeader(HttpHeaders.TRANSFER_ENCODING), "The answer has no valid coding");
			return false;
		}
		HeadReader.check(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"),
				"The answer has a transfer coding other than 'chunked'");
		HeadReader.check(!fields.containsHeader(HttpHeaders.CONTENT_LENGTH), "The answer has a coding and a length");
		return true;
	}

	/**
	 * Return the length, which can be repeated (RFC 9112, section 6.3).
	 */
	private static long length(HttpHeaders fields) throws IOException {
		if (!fields.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
			return UNTIL_CLOSE;
		}
		String problem = "The answer has no valid length";
		Set<Long> lengths = new HashSet<>();
		for (String element : elements(fields, HttpHeaders.CONTENT_LENGTH)) {
			lengths.add(parse(element, 10, problem));
		}
		HeadReader.check(lengths.size() == 1, problem);
		return lengths.iterator().next();
	}

	/**
	 * Return the elements of a list but the empty ones (RFC 9110, section 5.6.1). They
	 * are not quoted in the fields that delimit a body.
	 */
	private static List<String> elements(HttpHeaders fields, String name) {
		List<String> elements = new ArrayList<>();
		for (String value : fields.getOrEmpty(name)) {
			for (String element : value.split(",")) {
				String trimmed = HeadReader.trim(element);
				if (!trimmed.isEmpty()) {
					elements.add(trimmed);
				}
			}
		}
		return elements;
	}

	/**
	 * Parse digits only.
	 */
	private static long parse(String digits, int radix, String problem) throws ProtocolException {
		HeadReader.check(!digits.isEmpty(), problem);
		long number = 0;
		for (char c : digits.toCharArray()) {
			HeadReader.check(c < 128 && Character.digit(c, radix) >= 0, problem);
			number = number * radix + Character.digit(c, radix);
			HeadReader.check(number <= MAX_LENGTH, problem);
		}
		return number;
	}

	/**
	 * Let reads outlive the call that the answer is part of.
	 */
	void outliveCall() {
		this.connection.outliveCall();
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) > 0) ? single[0] & 0xFF : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.chunked && this.remaining == 0 && !this.ended) {
			nextChunk();
		}
		if (this.ended) {
			return -1;
		}
		int wanted = (this.remaining == UNTIL_CLOSE) ? length : (int) Math.min(length, this.remaining);
		int count = this.connection.input().read(bytes, offset, wanted);
		if (count > 0 && this.remaining != UNTIL_CLOSE) {
			this.remaining -= count;
			this.ended = !this.chunked && this.remaining == 0;
		}
		if (count < 0) {
			if (this.remaining != UNTIL_CLOSE) {
				throw new EOFException("The answer ended early: %d bytes are missing".formatted(this.remaining));
			}
			this.ended = true;
		}
		return count;
	}

	/**
	 * Read the line before a chunk (RFC 9112, section 7.1). Extensions are ignored
	 * (section 7.1.1), and so is the trailer section (section 7.1.2).
	 */
	private void nextChunk() throws IOException {
		String problem = "The answer has an invalid chunk";
		HeadReader.check(!this.beforeChunk, problem);
		this.beforeChunk = true;
		if (!this.firstChunk) {
			HeadReader.check(this.lines.readLine().isEmpty(), problem);
		}
		this.firstChunk = false;
		String line = this.lines.readLine();
		int extension = line.indexOf(';');
		String size = HeadReader.trim((extension >= 0) ? line.substring(0, extension) : line);
		this.remaining = parse(size, 16, problem);
		if (this.remaining == 0) {
			this.lines.readFields();
			this.ended = true;
		}
		this.beforeChunk = false;
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
