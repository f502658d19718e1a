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
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;

/**
 * Reads the lines that an answer consists of besides its body. Everything that a server
 * can send without end has a limit.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class HeadReader {

	private static final int MAX_LINE_LENGTH = 8 * 1024;

	private static final String LINE_TOO_LONG = "The head of the answer is too big: it has a line of more than "
			+ MAX_LINE_LENGTH + " bytes";

	private static final int MAX_FIELDS = 100;

	private static final int MAX_INTERIM_ANSWERS = 8;

	private final InputStream input;

	private final byte[] line = new byte[MAX_LINE_LENGTH];

	HeadReader(InputStream input) {
		this.input = input;
	}

	/**
	 * Read the head of the final answer. Interim answers before it are skipped (RFC 9110,
	 * section 15.2), but for a switch of protocols, which no request asks for.
	 * @return the status line and the header fields
	 * @throws IOException if the head is not valid
	 */
	Head read() throws IOException {
		for (int interim = 0; interim <= MAX_INTERIM_ANSWERS; interim++) {
			String statusLine = readLine("The answer is not HTTP");
			int status = status(statusLine);
			HttpHeaders fields = readFields();
			if (status >= 200) {
				return new Head(status, (statusLine.length() > 13) ? statusLine.substring(13) : "", fields);
			}
			check(status != 101, "The answer switches to another protocol");
		}
		throw new ProtocolException("The answer consists of interim answers only");
	}

	/**
	 * Parse a status line (RFC 9112, section 4): {@code HTTP/1.1 200 OK}. The reason can
	 * be missing.
	 */
	private static int status(String line) throws IOException {
		check(line.length() >= 12 && line.startsWith("HTTP/1.") && Character.isDigit(line.charAt(7))
				&& line.charAt(8) == ' ' && (line.length() == 12 || line.charAt(12) == ' '), "The answer is not HTTP");
		int status = 0;
		for (int i = 9; i < 12; i++) {
			int digit = line.charAt(i) - '0';
			check(digit >= 0 && digit <= 9, "The answer is not HTTP");
			status = 10 * status + digit;
		}
		check(status >= 100, "The answer is not HTTP");
		return status;
	}

	/**
	 * Read field lines up to the empty line (RFC 9112, section 5), of a header or of a
	 * trailer section. A line that begins with whitespace continues the one before it
	 * (section 5.2).
	 * @return the fields
	 * @throws IOException if a line is not valid
	 */
	HttpHeaders readFields() throws IOException {
		HttpHeaders fields = new HttpHeaders();
		String name = null;
		String value = "";
		int count = 0;
		for (String line = readLine();; line = readLine()) {
			boolean continued = line.startsWith(" ") || line.startsWith("\t");
			if (name != null && !continued) {
				fields.add(name, value);
			}
			if (line.isEmpty()) {
				return fields;
			}
			check(++count <= MAX_FIELDS,
					"The head of the answer is too big: it has more than " + MAX_FIELDS + " fields");
			if (continued) {
				check(name != null, "The answer has a header field without a name");
				value = value + " " + trim(line);
				check(value.length() <= MAX_LINE_LENGTH, LINE_TOO_LONG);
			}
			else {
				int colon = line.indexOf(':');
				check(colon > 0 && isToken(line, colon), "The answer has a header field without a valid name");
				name = line.substring(0, colon);
				value = trim(line.substring(colon + 1));
			}
		}
	}

	/**
	 * Return whether a name consists of the characters of a token (RFC 9110, section
	 * 5.6.2).
	 */
	private static boolean isToken(String line, int end) {
		for (int i = 0; i < end; i++) {
			char c = line.charAt(i);
			if (c <= ' ' || c > '~' || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Remove optional whitespace (RFC 9110, section 5.6.3), which is narrower than that
	 * of the JDK.
	 */
	static String trim(String text) {
		int begin = 0;
		int end = text.length();
		while (begin < end && isWhitespace(text.charAt(begin))) {
			begin++;
		}
		while (end > begin && isWhitespace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(begin, end);
	}

	private static boolean isWhitespace(char c) {
		return c == ' ' || c == '\t';
	}

	/**
	 * Read a line. A line feed alone ends it too (RFC 9112, section 2.2).
	 * @return the line without its end
	 * @throws IOException if the line is too long, incomplete, or has a control character
	 */
	String readLine() throws IOException {
		return readLine(LINE_TOO_LONG);
	}

	private String readLine(String tooLong) throws IOException {
		int length = 0;
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next == -1) {
				throw new EOFException("The answer ended in its head");
			}
			check(length < MAX_LINE_LENGTH, tooLong);
			this.line[length++] = (byte) next;
		}
		if (length > 0 && this.line[length - 1] == '\r') {
			length--;
		}
		for (int i = 0; i < length; i++) {
			check(this.line[i] != '\r' && this.line[i] != 0, "A line of the answer has a control character");
		}
		return new String(this.line, 0, length, StandardCharsets.ISO_8859_1);
	}

	static void check(boolean valid, String problem) throws ProtocolException {
		if (!valid) {
			throw new ProtocolException(problem);
		}
	}

	/**
	 * Head of an answer.
	 *
	 * @param status the status code
	 * @param reason the reason phrase, which can be empty
	 * @param fields the header fields
	 */
	record Head(int status, String reason, HttpHeaders fields) {

	}

}
