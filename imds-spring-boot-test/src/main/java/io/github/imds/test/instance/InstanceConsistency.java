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
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Brings the rest of an instance in line with a value that was put: one fact shows in
 * several places. Places that an instance does not have are not added.
 *
 * @since 0.1.0
 */
public final class InstanceConsistency {

	private static final String META_DATA = SimulatedMetadata.META_DATA;

	private static final String DOCUMENT = "dynamic/instance-identity/document";

	private static final String INSTANCE_ID = META_DATA + "instance-id";

	private static final String REGION = META_DATA + "placement/region";

	private static final String ZONE = META_DATA + "placement/availability-zone";

	private static final String ZONE_ID = META_DATA + "placement/availability-zone-id";

	private static final String HOSTNAME = META_DATA + "hostname";

	private static final String LOCAL_HOSTNAME = META_DATA + "local-hostname";

	private static final String IAM_INFO = META_DATA + "iam/info";

	private static final String CREDENTIALS_INFO = META_DATA + "identity-credentials/ec2/info";

	private final SimulatedMetadata before;

	private final SimulatedMetadata metadata;

	private final InterfaceConsistency interfaces;

	private InstanceConsistency(SimulatedMetadata before, SimulatedMetadata metadata) {
		this.before = before;
		this.metadata = metadata;
		this.interfaces = new InterfaceConsistency(before, metadata);
	}

	/**
	 * Set a value, and the values that follow from it.
	 * @param metadata the metadata to change
	 * @param path the path, complete or without {@code meta-data/}
	 * @param bytes the value
	 */
	public static void put(SimulatedMetadata metadata, String path, byte[] bytes) {
		SimulatedMetadata before = metadata.copy();
		metadata.put(path, bytes);
		String stored = metadata.stored(path);
		String text = Objects.requireNonNull(metadata.text(stored));
		if (text.equals(before.text(stored))) {
			return;
		}
		Supplier<byte[]> body = metadata.value(stored);
		new InstanceConsistency(before, metadata).follow(stored, text);
		// Served byte for byte, whatever follows from it
		metadata.put(stored, body);
		sign(before, metadata);
	}

	/**
	 * Remove a value or a directory, and the values that follow from it.
	 * @param metadata the metadata to change
	 * @param path the path, complete or without {@code meta-data/}
	 */
	public static void remove(SimulatedMetadata metadata, String path) {
		SimulatedMetadata before = metadata.copy();
		metadata.remove(path);
		String stored = before.stored(path);
		if (before.has(stored)) {
			new InterfaceConsistency(before, metadata).followRemoval(stored);
		}
	}

	/**
	 * Let another account own the instance.
	 * @param metadata the metadata to change
	 * @param account the account ID
	 */
	public static void account(SimulatedMetadata metadata, String account) {
		SimulatedMetadata before = metadata.copy();
		new InstanceConsistency(before, metadata).account(account);
		sign(before, metadata);
	}

	/**
	 * Remove the IPv4 addresses.
	 * @param metadata the metadata to change
	 */
	public static void ipv6Only(SimulatedMetadata metadata) {
		SimulatedMetadata before = metadata.copy();
		InstanceConsistency consistency = new InstanceConsistency(before, metadata);
		consistency.interfaces.ipv6Only();
		consistency.document("privateIp", null);
		String region = consistency.region();
		String instanceId = before.text(INSTANCE_ID);
		if (region != null && instanceId != null) {
			consistency.interfaces.hostname(instanceId + RegionNames.internalDomain(region));
		}
		sign(before, metadata);
	}

	private static void sign(SimulatedMetadata before, SimulatedMetadata metadata) {
		String document = metadata.text(DOCUMENT);
		if (document != null && !document.equals(before.text(DOCUMENT))) {
			IdentitySigner.sign(metadata, metadata.value(DOCUMENT).get());
		}
	}

	private void follow(String path, String text) {
		switch (path) {
			case INSTANCE_ID -> instanceId(text);
			case META_DATA + "ami-id" -> document("imageId", text);
			case META_DATA + "instance-type" -> instanceType(text);
			case REGION -> region(text);
			case ZONE -> zone(text);
			case ZONE_ID -> zoneId(text);
			case HOSTNAME, LOCAL_HOSTNAME -> this.interfaces.hostname(text);
			case META_DATA + "instance-life-cycle" -> lifeCycle(text);
			case IAM_INFO -> arn(text);
			case CREDENTIALS_INFO -> account(JsonText.get(text, "AccountId"));
			case DOCUMENT -> document(text);
			default -> {
				this.interfaces.follow(path, text, this.region());
				if (path.equals(this.interfaces.primary() + "owner-id")) {
					account(text);
				}
			}
		}
		if (!path.equals(DOCUMENT)) {
			String address = this.metadata.text(META_DATA + "local-ipv4");
			if (address != null && !address.equals(this.before.text(META_DATA + "local-ipv4"))) {
				document("privateIp", address);
			}
		}
	}

	private void document(String document) {
		List<String[]> places = new ArrayList<>();
		places.add(new String[] { "instanceId", INSTANCE_ID });
		places.add(new String[] { "imageId", META_DATA + "ami-id" });
		places.add(new String[] { "instanceType", META_DATA + "instance-type" });
		places.add(new String[] { "availabilityZone", ZONE });
		places.add(new String[] { "region", REGION });
		places.add(new String[] { "privateIp", META_DATA + "local-ipv4" });
		for (String[] place : places) {
			String text = JsonText.get(document, place[0]);
			if (text != null && this.metadata.has(place[1]) && !text.equals(this.metadata.text(place[1]))) {
				this.metadata.put(place[1], text);
				follow(place[1], text);
			}
		}
		account(JsonText.get(document, "accountId"));
	}

	private void document(String name, @Nullable String value) {
		String document = this.metadata.text(DOCUMENT);
		if (document != null) {
			this.metadata.put(DOCUMENT, JsonText.set(document, name, value));
		}
	}

	private void instanceId(String instanceId) {
		document("instanceId", instanceId);
		String old = this.before.text(INSTANCE_ID);
		if (old != null) {
			this.interfaces.renameHosts(old + ".", instanceId + ".");
		}
	}

	private void instanceType(String type) {
		document("instanceType", type);
		document("architecture", architecture(type));
	}

	private static String architecture(String type) {
		if (type.startsWith("mac")) {
			return type.startsWith("mac1.") ? "x86_64_mac" : "arm64_mac";
		}
		return type.matches("(a1|[a-z]+[0-9]+g[a-z]*|[a-z0-9]+-gb[0-9]+)\\..*") ? "arm64" : "x86_64";
	}

	private @Nullable String region() {
		String region = this.metadata.text(REGION);
		String document = this.metadata.text(DOCUMENT);
		return (region != null || document == null) ? region : JsonText.get(document, "region");
	}

	private void region(String region) {
		String old = new InstanceConsistency(this.before, this.before).region();
		this.metadata.replace(REGION, region);
		document("region", region);
		if (!RegionNames.isRegion(region)) {
			return;
		}
		String zone = this.metadata.text(ZONE);
		if (zone != null && !region.equals(RegionNames.regionOfZone(zone))) {
			zone = RegionNames.zone(region, zone);
			this.metadata.put(ZONE, zone);
			document("availabilityZone", zone);
			this.metadata.replace(ZONE_ID, Objects.requireNonNullElse(RegionNames.zoneId(zone), ""));
		}
		if (old != null) {
			this.interfaces.moveHosts(old, region);
		}
		this.metadata.replace(META_DATA + "services/domain", RegionNames.domain(region));
		this.metadata.replace(META_DATA + "services/partition", RegionNames.partition(region));
		String info = this.metadata.text(IAM_INFO);
		if (info != null) {
			this.metadata.put(IAM_INFO,
					info.replaceAll("arn:[^:\"]*:iam:", "arn:" + RegionNames.partition(region) + ":iam:"));
		}
	}

	private void zone(String zone) {
		document("availabilityZone", zone);
		String region = RegionNames.regionOfZone(zone);
		String zoneId = RegionNames.zoneId(zone);
		if (region != null && zoneId != null) {
			this.metadata.replace(ZONE_ID, zoneId);
			if (!region.equals(region())) {
				region(region);
			}
		}
	}

	private void zoneId(String zoneId) {
		String region = RegionNames.regionOfZoneId(zoneId);
		if (region != null && !region.equals(region())) {
			region(region);
		}
	}

	private void lifeCycle(String lifeCycle) {
		if (!lifeCycle.equals("spot")) {
			LifecycleNotices.endSpot(this.metadata);
		}
	}

	private void arn(String info) {
		String arn = JsonText.get(info, "InstanceProfileArn");
		String[] parts = (arn != null) ? arn.split(":", -1) : new String[0];
		if (parts.length > 4) {
			account(parts[4]);
		}
	}

	private void account(@Nullable String account) {
		if (account == null || !account.matches("[0-9]{12}")) {
			return;
		}
		document("accountId", account);
		String info = this.metadata.text(IAM_INFO);
		if (info != null) {
			this.metadata.put(IAM_INFO, info.replaceAll("(arn:[^:\"]*:iam::)[0-9]*:", "$1" + account + ":"));
		}
		String credentials = this.metadata.text(CREDENTIALS_INFO);
		if (credentials != null) {
			this.metadata.put(CREDENTIALS_INFO, JsonText.set(credentials, "AccountId", account));
		}
		this.interfaces.owner(account);
	}

}
