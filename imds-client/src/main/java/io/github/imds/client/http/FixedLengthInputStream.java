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
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body whose length was announced. That it ends earlier is an error, what follows is
 * not part of it. The JDK's connections pass over both.
 */
final class FixedLengthInputStream extends FilterInputStream {

	private final long length;

	private long remaining;

	FixedLengthInputStream(InputStream body, long length) {
		super(body);
		this.length = length;
		this.remaining = length;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) > 0) ? single[0] & 0xFF : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.remaining == 0) {
			return -1;
		}
		int count = super.read(bytes, offset, (int) Math.min(length, this.remaining));
		if (count < 0) {
			throw new EOFException(
					"The answer ended after %d of %d bytes".formatted(this.length - this.remaining, this.length));
		}
		this.remaining -= count;
		return count;
	}

	@Override
	public long skip(long length) throws IOException {
		long count = super.skip(Math.min(length, this.remaining));
		this.remaining -= count;
		return count;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

}
