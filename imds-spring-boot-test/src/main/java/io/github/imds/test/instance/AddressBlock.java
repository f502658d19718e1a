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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Blocks of addresses in CIDR notation.
 */
final class AddressBlock {

	private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

	private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

	private AddressBlock() {
	}

	static boolean isIpv4(String address) {
		return IPV4.matcher(address).matches();
	}

	static boolean isIpv6(String address) {
		return IPV6.matcher(address).matches();
	}

	static boolean contains(String block, String address) {
		int slash = block.indexOf('/');
		if (slash == -1) {
			return false;
		}
		int bits = Integer.parseInt(block.substring(slash + 1));
		return of(address, bits).equals(of(block.substring(0, slash), bits));
	}

	/**
	 * Return the block of an address.
	 * @param address the address, no host name
	 * @param bits the length of the prefix
	 * @return the block, for example {@code 10.0.1.0/24}
	 */
	static String of(String address, int bits) {
		try {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
				bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
			}
			String first = InetAddress.getByAddress(bytes).getHostAddress();
			return first.replaceFirst("(?::0){2,}$", "::") + "/" + bits;
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("'%s' is not an address".formatted(address), ex);
		}
	}

}
