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

package io.github.imds.cli.record;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Addresses}.
 */
class AddressesTests {

	private final Addresses addresses = new Addresses();

	@Test
	void addressesStayInsideTheirRanges() {
		String range = this.addresses.ipv4("172.31.16.0/20");
		String address = this.addresses.ipv4("172.31.20.5");
		assertThat(bits(address) >>> 12).isEqualTo(bits(range.substring(0, range.indexOf('/'))) >>> 12);
		assertThat(bits(range.substring(0, range.indexOf('/'))) & 0xfff).isZero();
		assertThat(bits(address) >>> 20).isEqualTo(172 << 4 | 1);
	}

	@Test
	void theSameAddressHasTheSameReplacement() {
		assertThat(this.addresses.ipv4("54.1.2.3")).isEqualTo(this.addresses.ipv4("54.1.2.3")).startsWith("203.0.113.");
		assertThat(this.addresses.ipv4("54.1.2.4")).isNotEqualTo(this.addresses.ipv4("54.1.2.3"));
		assertThat(this.addresses.ipv6("2a05:d018:1:2::5")).isEqualTo(this.addresses.ipv6("2a05:d018:1:2:0:0:0:5"))
			.startsWith("2001:db8:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "127.0.0.1", "0.0.0.0/0", "999.1.1.1" })
	void wellKnownAddressIsKept(String address) {
		assertThat(this.addresses.ipv4(address)).isEqualTo(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fe80::1", "::1", "fd00:ec2::254", "12:34:56" })
	void localIpv6AddressIsKept(String address) {
		assertThat(this.addresses.ipv6(address)).isEqualTo(address);
	}

	private static int bits(String address) {
		int bits = 0;
		for (String octet : address.split("\\.")) {
			bits = bits << 8 | Integer.parseInt(octet);
		}
		return bits;
	}

}
