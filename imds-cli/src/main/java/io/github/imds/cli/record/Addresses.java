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

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Made-up addresses. Addresses that begin with the same bits have made-up addresses that
 * begin with the same bits, so that an address stays inside the range of its subnet. A
 * private address stays private, a public one becomes one for documentation.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5737">RFC 5737</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3849">RFC 3849</a>
 */
final class Addresses {

	private static final SecureRandom RANDOM = new SecureRandom();

	/** Ranges that addresses stay in. */
	private static final List<Range> PRIVATE = List.of(new Range(10 << 24, 8), new Range(172 << 24 | 16 << 16, 12),
			new Range(192 << 24 | 168 << 16, 16), new Range(100 << 24 | 64 << 16, 10));

	/** Ranges whose addresses are the same everywhere. */
	private static final List<Range> COMMON = List.of(new Range(0, 8), new Range(127 << 24, 8),
			new Range(169 << 24 | 254 << 16, 16), new Range(224 << 24, 3));

	private final Map<String, Boolean> flips = new HashMap<>();

	private final List<String> publicAddresses = new ArrayList<>();

	/**
	 * Return the made-up IPv4 address or range.
	 * @param original four decimal numbers, perhaps with a prefix length
	 * @return the same form, or the original if it is not an address
	 */
	String ipv4(String original) {
		String[] parts = original.split("/", 2);
		int value = 0;
		for (String octet : parts[0].split("\\.")) {
			int number = Integer.parseInt(octet);
			if (number > 255) {
				return original;
			}
			value = value << 8 | number;
		}
		int address = value;
		if (COMMON.stream().anyMatch((range) -> range.contains(address))) {
			return original;
		}
		int kept = PRIVATE.stream()
			.filter((range) -> range.contains(address))
			.mapToInt(Range::bits)
			.findFirst()
			.orElse(0);
		if (kept == 0) {
			return publicIpv4(original);
		}
		int prefix = prefix(parts, 32);
		long mapped = map("4", BigInteger.valueOf(value & 0xffffffffL), 32, kept, prefix).longValue();
		return "%d.%d.%d.%d".formatted(mapped >> 24, mapped >> 16 & 255, mapped >> 8 & 255, mapped & 255)
				+ original.substring(parts[0].length());
	}

	/**
	 * Return the made-up IPv6 address or range.
	 * @param original the address in any form, perhaps with a prefix length
	 * @return an address in {@code 2001:db8::/32}, or the original if it is not an
	 * address or a link-local or unique local one
	 */
	String ipv6(String original) {
		String[] parts = original.split("/", 2);
		byte[] bytes;
		try {
			bytes = InetAddress.getByName(parts[0]).getAddress();
		}
		catch (UnknownHostException ex) {
			return original;
		}
		boolean global = bytes.length == 16 && (bytes[0] & 0xe0) == 0x20;
		if (!global) {
			return original;
		}
		BigInteger mapped = map("6", new BigInteger(1, bytes), 128, 32, prefix(parts, 128));
		BigInteger low = mapped.and(BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE));
		return format(BigInteger.valueOf(0x20010db8L).shiftLeft(96).or(low)) + original.substring(parts[0].length());
	}

	private String publicIpv4(String original) {
		int index = this.publicAddresses.indexOf(original);
		if (index == -1) {
			this.publicAddresses.add(original);
			index = this.publicAddresses.size() - 1;
		}
		List<String> networks = List.of("203.0.113.", "198.51.100.", "192.0.2.");
		String network = networks.get(index / 254 % networks.size());
		return network + (index % 254 + 1) + original.replaceFirst("^[^/]*", "");
	}

	/**
	 * Flip each bit after the kept ones or not, which depends on the bits before it
	 * alone. Bits after the prefix stay zero.
	 */
	private BigInteger map(String family, BigInteger value, int length, int kept, int prefix) {
		BigInteger mapped = value;
		for (int bit = kept; bit < length; bit++) {
			int position = length - 1 - bit;
			if (bit >= prefix) {
				mapped = mapped.clearBit(position);
			}
			else if (this.flips.computeIfAbsent(family + "/" + bit + "/" + value.shiftRight(position + 1),
					(key) -> RANDOM.nextBoolean())) {
				mapped = mapped.flipBit(position);
			}
		}
		return mapped;
	}

	private static int prefix(String[] parts, int longest) {
		return (parts.length > 1) ? Math.min(Integer.parseInt(parts[1]), longest) : longest;
	}

	private static String format(BigInteger address) {
		StringBuilder text = new StringBuilder();
		for (int group = 7; group >= 0; group--) {
			text.append(Integer.toHexString(address.shiftRight(16 * group).intValue() & 0xffff));
			text.append((group > 0) ? ":" : "");
		}
		return text.toString().replaceFirst("(^|:)(0:)+0$", "::").replaceFirst(":(0:){2,}", "::");
	}

	private record Range(int first, int bits) {

		boolean contains(int address) {
			return address >>> (32 - this.bits) == this.first >>> (32 - this.bits);
		}

	}

}
