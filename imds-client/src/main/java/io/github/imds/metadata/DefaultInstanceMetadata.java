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

package io.github.imds.metadata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.util.Assert;

import io.github.imds.ImdsResponseException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;

/**
 * Reads metadata with a client, by the catalogue.
 */
final class DefaultInstanceMetadata implements InstanceMetadata {

	private final ImdsClient client;

	private final Facts facts = new Facts();

	DefaultInstanceMetadata(ImdsClient client) {
		Assert.notNull(client, "'client' must not be null");
		this.client = client;
	}

	@Override
	public String instanceId() {
		return text(MetadataCategory.INSTANCE_ID);
	}

	@Override
	public String instanceType() {
		return text(MetadataCategory.INSTANCE_TYPE);
	}

	@Override
	public String lifeCycle() {
		return text(MetadataCategory.INSTANCE_LIFE_CYCLE);
	}

	@Override
	public String imageId() {
		return text(MetadataCategory.AMI_ID);
	}

	@Override
	public String architecture() {
		return identityDocument().architecture();
	}

	@Override
	public String accountId() {
		return identityDocument().accountId();
	}

	@Override
	public String region() {
		return findText(MetadataCategory.PLACEMENT_REGION).orElseGet(() -> identityDocument().region());
	}

	@Override
	public String availabilityZone() {
		return text(MetadataCategory.PLACEMENT_AVAILABILITY_ZONE);
	}

	@Override
	public String availabilityZoneId() {
		return text(MetadataCategory.PLACEMENT_AVAILABILITY_ZONE_ID);
	}

	@Override
	public String hostname() {
		return text(MetadataCategory.HOSTNAME);
	}

	@Override
	public String localHostname() {
		return text(MetadataCategory.LOCAL_HOSTNAME);
	}

	@Override
	public Optional<String> publicHostname() {
		return findText(MetadataCategory.PUBLIC_HOSTNAME);
	}

	@Override
	public Optional<String> localIpv4() {
		return findText(MetadataCategory.LOCAL_IPV4);
	}

	@Override
	public Optional<String> publicIpv4() {
		return findText(MetadataCategory.PUBLIC_IPV4);
	}

	@Override
	public Optional<String> ipv6() {
		return findText(MetadataCategory.IPV6);
	}

	@Override
	public List<NetworkInterface> networkInterfaces() {
		List<NetworkInterface> interfaces = new ArrayList<>();
		directory(MetadataCategory.NETWORK_INTERFACES_MACS_MAC).directories()
			.forEach((mac, entries) -> interfaces.add(NetworkInterface.of(mac, entries)));
		String primary = findText(MetadataCategory.MAC).orElse("");
		interfaces.sort(Comparator.comparing((NetworkInterface candidate) -> !candidate.mac().equals(primary))
			.thenComparing((candidate) -> candidate.deviceNumber().orElse(Integer.MAX_VALUE)));
		return List.copyOf(interfaces);
	}

	@Override
	public Map<String, String> blockDevices() {
		MetadataCategory category = MetadataCategory.BLOCK_DEVICE_MAPPING;
		return this.facts.get(category, () -> directory(category).texts());
	}

	@Override
	public List<PublicKey> publicKeys() {
		MetadataCategory category = MetadataCategory.PUBLIC_KEYS_OPENSSH_KEY;
		return this.facts.get(category, () -> {
			List<PublicKey> keys = new ArrayList<>();
			directory(category).directories()
				.forEach((index, key) -> key.text("openssh-key")
					.ifPresent((text) -> keys.add(new PublicKey(key.text("name").orElse(index), text))));
			return List.copyOf(keys);
		});
	}

	@Override
	public List<String> securityGroups() {
		return findText(MetadataCategory.SECURITY_GROUPS).map((text) -> text.lines().toList()).orElse(List.of());
	}

	@Override
	public Map<String, String> tags() {
		return directory(MetadataCategory.TAGS_INSTANCE).texts();
	}

	@Override
	public boolean tagsEnabled() {
		// The directory of the tags themselves may be there, and empty, if they are not
		return !this.client.list("meta-data/tags").isEmpty();
	}

	@Override
	public IdentityDocument identityDocument() {
		MetadataCategory category = MetadataCategory.DYNAMIC_INSTANCE_IDENTITY_DOCUMENT;
		return this.facts.get(category, () -> json(category.pattern()).map(IdentityDocument::of))
			.orElseThrow(() -> missing(category));
	}

	@Override
	public Optional<IamInfo> iamInfo() {
		return json(MetadataCategory.IAM_INFO.pattern()).map(JsonObject::orFailure).map(IamInfo::of);
	}

	@Override
	public Optional<InstanceCredentials> credentials() {
		MetadataCategory category = MetadataCategory.IAM_SECURITY_CREDENTIALS;
		return this.client.list(directoryPath(category))
			.stream()
			.findFirst()
			.flatMap((role) -> json(category.pattern().replace("{role}", role)))
			.map(JsonObject::orFailure)
			.map(InstanceCredentials::of);
	}

	@Override
	public Optional<IdentityCredentialsInfo> identityCredentialsInfo() {
		return json(MetadataCategory.IDENTITY_CREDENTIALS_EC2_INFO.pattern()).map(JsonObject::orFailure)
			.map(IdentityCredentialsInfo::of);
	}

	@Override
	public Optional<SpotAction> spotAction() {
		return json(MetadataCategory.SPOT_INSTANCE_ACTION.pattern()).map(SpotAction::of);
	}

	@Override
	public Optional<RebalanceRecommendation> rebalanceRecommendation() {
		return json(MetadataCategory.EVENTS_RECOMMENDATIONS_REBALANCE.pattern()).map(RebalanceRecommendation::of);
	}

	@Override
	public List<MaintenanceEvent> maintenanceEvents() {
		return events(MetadataCategory.EVENTS_MAINTENANCE_SCHEDULED.pattern());
	}

	@Override
	public List<MaintenanceEvent> maintenanceHistory() {
		return events(MetadataCategory.EVENTS_MAINTENANCE_HISTORY.pattern());
	}

	@Override
	public Optional<String> targetLifecycleState() {
		return findText(MetadataCategory.AUTOSCALING_TARGET_LIFECYCLE_STATE);
	}

	@Override
	public String toString() {
		return "InstanceMetadata[" + this.client + "]";
	}

	private String text(MetadataCategory category) {
		return findText(category).orElseThrow(() -> missing(category));
	}

	private Optional<String> findText(MetadataCategory category) {
		return this.facts.get(category, () -> this.client.get(category.pattern()).filter((text) -> !text.isEmpty()));
	}

	private Optional<JsonObject> json(String path) {
		return JsonObject.read(this.client, path);
	}

	private List<MaintenanceEvent> events(String path) {
		return JsonObject.readAll(this.client, path).stream().map(MaintenanceEvent::of).toList();
	}

	private Directory directory(MetadataCategory category) {
		return new Directory(this.client.tree(directoryPath(category)));
	}

	/**
	 * Return the path of the directory that a family of values, or of families, is in.
	 */
	private static String directoryPath(MetadataCategory category) {
		return category.pattern().substring(0, category.pattern().indexOf("/{"));
	}

	private static ImdsResponseException missing(MetadataCategory category) {
		return new ImdsResponseException("'%s' is absent, although every EC2 instance has it%s"
			.formatted(category.pattern(), category.since().map(" since version "::concat).orElse("")), 404);
	}

}
