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
 * A body that is sent in chunks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section
 * 7.1</a>
 */
final class ChunkedInputStream extends InputStream {

	private static final int MAX_LINE_LENGTH = 1024;

	private final HttpInput input;

	/**
	 * What is left of the current chunk.
	 */
	private long remaining;

	private boolean begun;

	private boolean ended;

	ChunkedInputStream(HttpInput input) {
		this.input = input;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) > 0) ? single[0] & 0xFF : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.remaining == 0 && !this.ended) {
			beginChunk();
		}
		if (this.ended) {
			return -1;
		}
		int count = this.input.read(bytes, offset, (int) Math.min(length, this.remaining));
		if (count < 0) {
			throw new EOFException("The answer ended within a chunk");
		}
		this.remaining -= count;
		return count;
	}

	/**
	 * Read the size of the next chunk. Trailers after the last one are left unread, since
	 * the connection is not used again.
	 */
	private void beginChunk() throws IOException {
		if (this.begun && !this.input.readLine(MAX_LINE_LENGTH).isEmpty()) {
			throw new IOException("The answer has a chunk of another size than it says");
		}
		this.begun = true;
		String size = this.input.readLine(MAX_LINE_LENGTH).split(";", 2)[0].trim();
		if (!size.matches("[0-9A-Fa-f]{1,15}")) {
			throw new IOException("The answer has a chunk without a size");
		}
		this.remaining = Long.parseLong(size, 16);
		this.ended = this.remaining == 0;
	}

}
