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

package io.github.imds.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an answer, read as lines or as they come. Not thread-safe.
 */
final class HttpInput extends InputStream {

	private final InputStream source;

	private final byte[] buffer = new byte[8192];

	private int position;

	private int limit;

	HttpInput(InputStream source) {
		this.source = source;
	}

	@Override
	public int read() throws IOException {
		return fill() ? this.buffer[this.position++] & 0xFF : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!fill()) {
			return -1;
		}
		int count = Math.min(length, this.limit - this.position);
		System.arraycopy(this.buffer, this.position, bytes, offset, count);
		this.position += count;
		return count;
	}

	/**
	 * Read up to the end of a line.
	 * @param maxLength how long it may be
	 * @return the line without its end
	 * @throws IOException if the line is longer or does not end
	 */
	String readLine(int maxLength) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int character = read(); character != '\n'; character = read()) {
			if (character < 0) {
				throw new EOFException("The answer ended too early");
			}
			if (line.length() > maxLength) {
				throw new IOException("The answer is not HTTP");
			}
			line.append((char) character);
		}
		int last = line.length() - 1;
		return (last >= 0 && line.charAt(last) == '\r') ? line.substring(0, last) : line.toString();
	}

	private boolean fill() throws IOException {
		if (this.position == this.limit) {
			this.position = 0;
			this.limit = Math.max(0, this.source.read(this.buffer, 0, this.buffer.length));
		}
		return this.position < this.limit;
	}

}
