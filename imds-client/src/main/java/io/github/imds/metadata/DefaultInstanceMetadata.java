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
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsResponseException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;

/**
 * {@link InstanceMetadata} that reads with a client, by the catalogue.
 */
final class DefaultInstanceMetadata implements InstanceMetadata {

	private static final int NOT_FOUND = 404;

	private static final int OK = 200;

	private static final String SUCCESS = "Success";

	private final ImdsClient client;

	private final Facts facts = new Facts();

	private final MaintenanceEvents maintenanceEvents;

	private volatile @Nullable IdentityDocument latestDocument;

	DefaultInstanceMetadata(ImdsClient client) {
		Assert.notNull(client, "'client' must not be null");
		this.client = client;
		this.maintenanceEvents = new MaintenanceEvents(client);
	}

	@Override
	public String instanceId() {
		return text(MetadataCategory.INSTANCE_ID, IdentityDocument::instanceId);
	}

	@Override
	public String instanceType() {
		return text(MetadataCategory.INSTANCE_TYPE, IdentityDocument::instanceType);
	}

	@Override
	public Optional<String> lifeCycle() {
		return findText(MetadataCategory.INSTANCE_LIFE_CYCLE);
	}

	@Override
	public String imageId() {
		return text(MetadataCategory.AMI_ID, IdentityDocument::imageId);
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
		return text(MetadataCategory.PLACEMENT_REGION, IdentityDocument::region);
	}

	@Override
	public String availabilityZone() {
		return text(MetadataCategory.PLACEMENT_AVAILABILITY_ZONE, IdentityDocument::availabilityZone);
	}

	@Override
	public Optional<String> availabilityZoneId() {
		return findText(MetadataCategory.PLACEMENT_AVAILABILITY_ZONE_ID);
	}

	@Override
	public String hostname() {
		return HostNames.first(text(MetadataCategory.HOSTNAME));
	}

	@Override
	public String localHostname() {
		return HostNames.first(text(MetadataCategory.LOCAL_HOSTNAME));
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
		directory(MetadataCategory.NETWORK_INTERFACES_MACS_MAC).forEach((mac, entry) -> {
			if (entry instanceof Map<?, ?> values) {
				interfaces.add(NetworkInterface.of(mac, entries(values)));
			}
		});
		String primary = findText(MetadataCategory.MAC).orElse("");
		interfaces.sort(Comparator.comparing((NetworkInterface candidate) -> !candidate.mac().equals(primary))
			.thenComparing((candidate) -> candidate.deviceNumber().orElse(Integer.MAX_VALUE)));
		return List.copyOf(interfaces);
	}

	@Override
	public Map<String, String> blockDevices() {
		MetadataCategory category = MetadataCategory.BLOCK_DEVICE_MAPPING;
		Supplier<Map<String, String>> reader = () -> MetadataObject.textsByName(directory(category));
		return this.facts.get(category, () -> Optional.of(reader.get()).filter((devices) -> !devices.isEmpty()))
			.orElse(Map.of());
	}

	@Override
	public List<PublicKey> publicKeys() {
		MetadataCategory category = MetadataCategory.PUBLIC_KEYS_OPENSSH_KEY;
		return this.facts.get(category, () -> Optional.of(readPublicKeys(category)).filter((keys) -> !keys.isEmpty()))
			.orElse(List.of());
	}

	private List<PublicKey> readPublicKeys(MetadataCategory category) {
		List<PublicKey> keys = new ArrayList<>();
		directory(category).forEach((index, entry) -> {
			if (entry instanceof Map<?, ?> key && key.get("openssh-key") instanceof String text && !text.isEmpty()) {
				keys.add(new PublicKey((key.get("name") instanceof String name) ? name : index, text));
			}
		});
		return List.copyOf(keys);
	}

	@Override
	public List<String> securityGroups() {
		return this.client.read(MetadataCategory.SECURITY_GROUPS.pattern())
			.filter(List.class::isInstance)
			.map((names) -> ((List<?>) names).stream().map(String::valueOf).toList())
			.orElse(List.of());
	}

	@Override
	public Map<String, String> tags() {
		return MetadataObject.textsByName(directory(MetadataCategory.TAGS_INSTANCE));
	}

	@Override
	public boolean tagsEnabled() {
		// The directory of the tags themselves may be there, and empty, if they are not
		return !this.client.list("meta-data/tags").isEmpty();
	}

	@Override
	public IdentityDocument identityDocument() {
		MetadataCategory category = MetadataCategory.DYNAMIC_INSTANCE_IDENTITY_DOCUMENT;
		return this.facts.get(category, this::completeIdentityDocument)
			.or(() -> Optional.ofNullable(this.latestDocument))
			.orElseThrow(() -> missing(category));
	}

	/**
	 * Read the identity document, which is kept only if it has everything.
	 */
	private Optional<IdentityDocument> completeIdentityDocument() {
		Optional<IdentityDocument> document = json(MetadataCategory.DYNAMIC_INSTANCE_IDENTITY_DOCUMENT.pattern())
			.map(IdentityDocument::of);
		this.latestDocument = document.orElse(null);
		return document.filter(IdentityDocument::isComplete);
	}

	@Override
	public Optional<IamInfo> iamInfo() {
		return jsonUnlessError(MetadataCategory.IAM_INFO.pattern()).map(IamInfo::of);
	}

	@Override
	public Optional<InstanceCredentials> credentials() {
		MetadataCategory category = MetadataCategory.IAM_SECURITY_CREDENTIALS;
		return this.client.list(directoryPath(category))
			.stream()
			.findFirst()
			.flatMap((role) -> jsonUnlessError(category.pattern().replace("{role}", role)))
			.map(InstanceCredentials::of);
	}

	@Override
	public Optional<IdentityCredentialsInfo> identityCredentialsInfo() {
		return jsonUnlessError(MetadataCategory.IDENTITY_CREDENTIALS_EC2_INFO.pattern())
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
		return this.maintenanceEvents.read(MetadataCategory.EVENTS_MAINTENANCE_SCHEDULED.pattern());
	}

	@Override
	public List<MaintenanceEvent> maintenanceHistory() {
		return this.maintenanceEvents.read(MetadataCategory.EVENTS_MAINTENANCE_HISTORY.pattern());
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

	/**
	 * Return a value that the identity document has, too, if the service lacks the value
	 * itself.
	 */
	private String text(MetadataCategory category, Function<IdentityDocument, String> fallback) {
		return findText(category).orElseGet(() -> fallback.apply(identityDocument()));
	}

	private Optional<String> findText(MetadataCategory category) {
		return this.facts.get(category, () -> this.client.get(category.pattern()).filter((text) -> !text.isEmpty()));
	}

	private Optional<Map<String, @Nullable Object>> json(String path) {
		return this.client.get(path, Map.class).map(DefaultInstanceMetadata::entries);
	}

	/**
	 * Read a document unless it is an error in place of credentials, or of information
	 * about them, that the service could not get. The status is 200 then, too.
	 */
	private Optional<Map<String, @Nullable Object>> jsonUnlessError(String path) {
		Optional<Map<String, @Nullable Object>> json = json(path);
		json.ifPresent((values) -> {
			String code = String.valueOf(values.getOrDefault("Code", SUCCESS));
			if (!code.equals(SUCCESS)) {
				throw new ImdsResponseException("AWS reports an error in place of '%s': %s%s".formatted(path, code,
						(values.get("Message") instanceof String message) ? ": " + message : ""), OK);
			}
		});
		return json;
	}

	private Map<String, @Nullable Object> directory(MetadataCategory category) {
		return this.client.tree(directoryPath(category));
	}

	/**
	 * Return the path of the directory that a family of values, or of families, is in.
	 */
	private static String directoryPath(MetadataCategory category) {
		return category.pattern().substring(0, category.pattern().indexOf("/{"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> entries(Map<?, ?> map) {
		return (Map<String, @Nullable Object>) map;
	}

	private static ImdsResponseException missing(MetadataCategory category) {
		return new ImdsResponseException(
				("'%s' is absent. An EC2 instance has it%s, but can lack it for a moment while it boots. "
						+ "Ask again, and check the service at the endpoint if it stays absent")
					.formatted(category.pattern(), category.since().map(" since version "::concat).orElse("")),
				NOT_FOUND);
	}

}
