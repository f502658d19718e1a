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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the network interfaces and the addresses and names of an instance in line: the
 * addresses of the instance are those of its primary interface.
 */
final class InterfaceConsistency {

	private static final String META_DATA = SimulatedMetadata.META_DATA;

	private static final String MACS = META_DATA + "network/interfaces/macs/";

	private static final String MAC = META_DATA + "mac";

	private static final String LOCAL_IPV4 = META_DATA + "local-ipv4";

	private static final String PUBLIC_IPV4 = META_DATA + "public-ipv4";

	private static final String IPV6 = META_DATA + "ipv6";

	private static final String PUBLIC_HOSTNAME = META_DATA + "public-hostname";

	private final SimulatedMetadata before;

	private final SimulatedMetadata metadata;

	InterfaceConsistency(SimulatedMetadata before, SimulatedMetadata metadata) {
		this.before = before;
		this.metadata = metadata;
	}

	/**
	 * Return the directory of the primary interface.
	 */
	String primary() {
		return MACS + this.metadata.text(MAC) + "/";
	}

	void follow(String path, String text, @Nullable String region) {
		switch (path) {
			case MAC -> mac(text);
			case LOCAL_IPV4 -> localIpv4(text);
			case PUBLIC_IPV4 -> publicIpv4(text, region);
			case IPV6 -> ipv6(text);
			case PUBLIC_HOSTNAME -> this.metadata.replace(primary() + "public-hostname", text);
			case META_DATA + "security-groups" -> this.metadata.replace(primary() + "security-groups", text);
			default -> {
				if (path.startsWith(primary())) {
					followPrimary(path.substring(primary().length()), text, region);
				}
			}
		}
	}

	private void followPrimary(String name, String text, @Nullable String region) {
		switch (name) {
			case "local-ipv4s" -> first(LOCAL_IPV4, text, region);
			case "public-ipv4s" -> first(PUBLIC_IPV4, text, region);
			case "ipv6s" -> first(IPV6, text, region);
			case "local-hostname" -> hostname(text);
			case "public-hostname" -> this.metadata.replace(PUBLIC_HOSTNAME, text);
			case "security-groups" -> this.metadata.replace(META_DATA + "security-groups", text);
			default -> {
			}
		}
	}

	/**
	 * The first address of an interface is the primary one.
	 */
	private void first(String path, String addresses, @Nullable String region) {
		String address = addresses.lines().findFirst().orElse("");
		if (!address.isEmpty() && !address.equals(this.metadata.text(path))) {
			this.metadata.put(path, address);
			follow(path, address, region);
		}
	}

	void followRemoval(String path) {
		if (path.equals(PUBLIC_IPV4)) {
			this.metadata.remove(PUBLIC_HOSTNAME);
			for (String name : List.of("public-hostname", "public-ipv4s", "ipv4-associations")) {
				this.metadata.remove(primary() + name);
			}
		}
		else if (path.equals(IPV6)) {
			this.metadata.remove(primary() + "ipv6s");
			this.metadata.remove(primary() + "subnet-ipv6-cidr-blocks");
		}
	}

	private void mac(String mac) {
		String old = MACS + this.before.text(MAC);
		if (!this.metadata.paths(old + "/").isEmpty() && this.metadata.paths(MACS + mac + "/").isEmpty()) {
			this.metadata.move(old, MACS + mac);
			this.metadata.replace(MACS + mac + "/mac", mac);
		}
	}

	private void localIpv4(String address) {
		String old = this.before.text(LOCAL_IPV4);
		address(primary() + "local-ipv4s", old, address);
		if (!AddressBlock.isIpv4(address)) {
			return;
		}
		if (old != null) {
			renameHosts("ip-" + old.replace('.', '-') + ".", "ip-" + address.replace('.', '-') + ".");
			for (String path : this.metadata.paths(primary() + "ipv4-associations/")) {
				if (old.equals(this.metadata.text(path))) {
					this.metadata.put(path, address);
				}
			}
		}
		block(primary() + "subnet-ipv4-cidr-block", address, 24);
		for (String path : this.metadata.paths(MACS)) {
			String blocks = path.endsWith("/vpc-ipv4-cidr-blocks") ? this.metadata.text(path) : null;
			if (blocks != null && blocks.lines().noneMatch((block) -> AddressBlock.contains(block, address))) {
				this.metadata.put(path, blocks + "\n" + AddressBlock.of(address, 16));
			}
		}
	}

	private void block(String path, String address, int bits) {
		String block = this.metadata.text(path);
		if (block != null && !AddressBlock.contains(block, address)) {
			this.metadata.put(path, AddressBlock.of(address, bits));
		}
	}

	private void publicIpv4(String address, @Nullable String region) {
		String old = this.before.text(PUBLIC_IPV4);
		String prefix = "ec2-" + address.replace('.', '-');
		if (old == null && !this.metadata.paths(primary()).isEmpty() && region != null) {
			String hostname = prefix + RegionNames.publicDomain(region);
			this.metadata.put(PUBLIC_HOSTNAME, hostname);
			this.metadata.put(primary() + "public-hostname", hostname);
			this.metadata.put(primary() + "public-ipv4s", address);
			String local = this.metadata.text(LOCAL_IPV4);
			if (local != null) {
				this.metadata.put(primary() + "ipv4-associations/" + address, local);
			}
		}
		if (old != null) {
			address(primary() + "public-ipv4s", old, address);
			renameHosts("ec2-" + old.replace('.', '-') + ".", prefix + ".");
			String association = this.metadata.text(primary() + "ipv4-associations/" + old);
			if (association != null && !address.contains("/")) {
				this.metadata.remove(primary() + "ipv4-associations/" + old);
				this.metadata.put(primary() + "ipv4-associations/" + address, association);
			}
		}
	}

	private void ipv6(String address) {
		String old = this.before.text(IPV6);
		if (old != null) {
			address(primary() + "ipv6s", old, address);
		}
		else if (!this.metadata.paths(primary()).isEmpty()) {
			this.metadata.put(primary() + "ipv6s", address);
		}
		if (AddressBlock.isIpv6(address)) {
			block(primary() + "subnet-ipv6-cidr-blocks", address, 64);
		}
	}

	/**
	 * Replace an address in a list, the first one if the list lacks it.
	 */
	private void address(String path, @Nullable String old, String address) {
		String text = this.metadata.text(path);
		if (text == null) {
			return;
		}
		List<String> addresses = new ArrayList<>(text.lines().toList());
		if (addresses.contains(address)) {
			return;
		}
		int index = Math.max(0, addresses.indexOf(old));
		if (addresses.isEmpty()) {
			addresses.add(address);
		}
		else {
			addresses.set(index, address);
		}
		this.metadata.put(path, String.join("\n", addresses));
	}

	void hostname(String hostname) {
		this.metadata.replace(META_DATA + "hostname", hostname);
		this.metadata.replace(META_DATA + "local-hostname", hostname);
		this.metadata.replace(primary() + "local-hostname", hostname);
	}

	void renameHosts(String prefix, String newPrefix) {
		for (String path : hostnames()) {
			String text = this.metadata.text(path);
			if (text != null && text.startsWith(prefix)) {
				this.metadata.put(path, newPrefix + text.substring(prefix.length()));
			}
		}
	}

	void moveHosts(String region, String newRegion) {
		for (String path : hostnames()) {
			String text = this.metadata.text(path);
			if (text != null) {
				text = moved(text, RegionNames.internalDomain(region), RegionNames.internalDomain(newRegion));
				text = moved(text, RegionNames.publicDomain(region), RegionNames.publicDomain(newRegion));
				this.metadata.put(path, text);
			}
		}
	}

	private static String moved(String host, String domain, String newDomain) {
		return host.endsWith(domain) ? host.substring(0, host.length() - domain.length()) + newDomain : host;
	}

	private List<String> hostnames() {
		return this.metadata.paths(META_DATA).stream().filter((path) -> path.endsWith("hostname")).toList();
	}

	void owner(String account) {
		String old = this.before.text(primary() + "owner-id");
		for (String path : this.metadata.paths(MACS)) {
			if (path.endsWith("/owner-id") && (old == null || old.equals(this.before.text(path)))) {
				this.metadata.put(path, account);
			}
		}
	}

	/**
	 * Interfaces without an IPv6 address go.
	 */
	void ipv6Only() {
		if (!this.metadata.has(IPV6)) {
			this.metadata.put(IPV6, "2001:db8:8:4::2");
			ipv6("2001:db8:8:4::2");
		}
		this.metadata.remove(LOCAL_IPV4);
		this.metadata.remove(PUBLIC_IPV4);
		this.metadata.remove(PUBLIC_HOSTNAME);
		List<String> macs = this.metadata.paths(MACS)
			.stream()
			.map((path) -> path.substring(0, path.indexOf('/', MACS.length()) + 1))
			.distinct()
			.toList();
		for (String directory : macs) {
			if (!this.metadata.has(directory + "ipv6s")) {
				this.metadata.remove(directory.substring(0, directory.length() - 1));
				continue;
			}
			for (String name : List.of("local-ipv4s", "public-ipv4s", "public-hostname", "ipv4-associations",
					"ipv4-prefix", "subnet-ipv4-cidr-block")) {
				this.metadata.remove(directory + name);
			}
		}
	}

}
