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

package io.github.imds.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import io.github.imds.test.instance.InstanceConsistency;
import io.github.imds.test.instance.LifecycleNotices;
import io.github.imds.test.instance.SimulatedCredentials;
import io.github.imds.test.instance.SimulatedMetadata;

/**
 * State of a simulated instance and of its metadata service: what a builder declares and
 * what changes while a simulator runs.
 * <p>
 * Paths are those below the version, such as {@code meta-data/instance-id}, without a
 * slash at either end and not percent-encoded. {@code meta-data/} may be left out. A
 * public key is written with its name as listed, such as
 * {@code public-keys/0=my-key/openssh-key}, and served at
 * {@code public-keys/0/openssh-key}.
 *
 * @param <S> the type that the methods return
 * @since 0.1.0
 * @see ImdsSimulator
 * @see ImdsSimulator.Builder
 */
public abstract sealed class SimulatedState<S extends SimulatedState<S>> permits ImdsSimulator, ImdsSimulator.Builder {

	private final SimulatedFaults faults;

	private volatile SimulatedMetadata metadata;

	SimulatedState(SimulatedMetadata metadata, SimulatedFaults.Settings faults) {
		this.metadata = metadata.copy();
		this.faults = new SimulatedFaults(faults);
	}

	abstract S self();

	abstract Instant now();

	final SimulatedMetadata metadata() {
		return this.metadata;
	}

	final SimulatedFaults faults() {
		return this.faults;
	}

	final void replaceMetadata(SimulatedMetadata replacement) {
		this.metadata = replacement;
	}

	/**
	 * Readers see a change as a whole or not at all.
	 */
	private synchronized S change(Consumer<SimulatedMetadata> change) {
		SimulatedMetadata copy = this.metadata.copy();
		change.accept(copy);
		this.metadata = copy;
		return self();
	}

	/**
	 * {@linkplain #put(String, byte[]) Set the value} at a path as text.
	 * @param path the path
	 * @param body the value, served as UTF-8
	 * @return this
	 */
	public S put(String path, String body) {
		return put(path, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Set the value at a path and bring the rest of the instance in line: region, zone,
	 * account, type, image, addresses, host names, interfaces and identity document,
	 * which the test key signs anew. The value itself is served as it is.
	 * @param path the path
	 * @param body the value, served byte for byte
	 * @return this
	 * @throws IllegalArgumentException if the path is malformed, is a directory, or is
	 * below a value
	 */
	public S put(String path, byte[] body) {
		return change((copy) -> InstanceConsistency.put(copy, path, body));
	}

	/**
	 * Remove the value at a path, or a directory with everything below it, if present.
	 * @param path the path
	 * @return this
	 * @throws IllegalArgumentException if the path is malformed
	 */
	public S remove(String path) {
		return change((copy) -> InstanceConsistency.remove(copy, path));
	}

	/**
	 * Set a tag, which {@code remove("tags/instance/" + key)} removes.
	 * @param key the key, which need not exist yet
	 * @param value the value
	 * @return this
	 */
	public S tag(String key, String value) {
		return put("meta-data/tags/instance/" + key, value);
	}

	/**
	 * Replace all tags.
	 * @param tags the values by key, empty to switch tags in metadata off
	 * @return this
	 */
	public S tags(Map<String, String> tags) {
		return change((copy) -> copy.replaceTags(tags));
	}

	/**
	 * Set the id of the instance.
	 * @param instanceId the id, for example {@code i-0123456789abcdef0}
	 * @return this
	 */
	public S instanceId(String instanceId) {
		return put("meta-data/instance-id", instanceId);
	}

	/**
	 * Set the type of the instance, and with it the architecture.
	 * @param instanceType the type, for example {@code m7g.large}
	 * @return this
	 */
	public S instanceType(String instanceType) {
		return put("meta-data/instance-type", instanceType);
	}

	/**
	 * Set the account that owns the instance.
	 * @param accountId the id of 12 digits
	 * @return this
	 */
	public S accountId(String accountId) {
		if (!accountId.matches("[0-9]{12}")) {
			throw new IllegalArgumentException("'%s' is not an account id of 12 digits".formatted(accountId));
		}
		return change((copy) -> InstanceConsistency.account(copy, accountId));
	}

	/**
	 * Move the instance to a region, to the zone with the same letter.
	 * @param region the region, for example {@code us-east-1}
	 * @return this
	 */
	public S region(String region) {
		return put("meta-data/placement/region", region);
	}

	/**
	 * Make the instance a Spot Instance, as the default instance is.
	 * @return this
	 */
	public S spot() {
		return put("meta-data/instance-life-cycle", "spot");
	}

	/**
	 * Make the instance an On-Demand Instance, without any Spot notice.
	 * @return this
	 */
	public S onDemand() {
		return put("meta-data/instance-life-cycle", "on-demand");
	}

	/**
	 * Take the role from the instance: {@code iam} vanishes.
	 * @return this
	 */
	public S noRole() {
		return remove("meta-data/iam");
	}

	/**
	 * Put the instance in an IPv6-only subnet, which leaves interfaces with IPv6 only.
	 * @return this
	 */
	public S ipv6Only() {
		return change(InstanceConsistency::ipv6Only);
	}

	/**
	 * Interrupt the Spot Instance: {@code spot/instance-action} appears, and
	 * {@code spot/termination-time} with it if the instance is terminated. An On-Demand
	 * Instance becomes a Spot Instance.
	 * @param action the action: {@code terminate}, {@code stop} or {@code hibernate}
	 * @param at the time of the action, truncated to seconds; two minutes from now at AWS
	 * @return this
	 */
	public S interruptSpot(String action, Instant at) {
		return change((metadata) -> LifecycleNotices.interruptSpot(metadata, action, at));
	}

	/**
	 * Cancel the interruption of the Spot Instance: {@code spot} vanishes.
	 * @return this
	 */
	public S cancelSpotInterruption() {
		return change(LifecycleNotices::cancelSpotInterruption);
	}

	/**
	 * Recommend replacing the Spot Instance: {@code events/recommendations/rebalance}
	 * appears. An On-Demand Instance becomes a Spot Instance.
	 * @param at the time of the recommendation, truncated to seconds
	 * @return this
	 */
	public S recommendRebalance(Instant at) {
		return change((metadata) -> LifecycleNotices.recommendRebalance(metadata, at));
	}

	/**
	 * Schedule maintenance of the instance, or change what is scheduled with the same id:
	 * {@code events/maintenance/scheduled} lists the event.
	 * @param eventId the id, for example {@code instance-event-0d59937288b749b32}
	 * @param code the code: {@code instance-reboot}, {@code system-reboot},
	 * {@code system-maintenance}, {@code instance-retirement} or {@code instance-stop}
	 * @param notBefore the earliest start, to the second
	 * @param notAfter the latest end, to the second
	 * @return this
	 */
	public S scheduleMaintenance(String eventId, String code, Instant notBefore, Instant notAfter) {
		return change((metadata) -> LifecycleNotices.scheduleMaintenance(metadata, eventId, code, notBefore, notAfter));
	}

	/**
	 * Complete scheduled maintenance: the event moves to
	 * {@code events/maintenance/history}.
	 * @param eventId the id
	 * @return this
	 */
	public S completeMaintenance(String eventId) {
		return change((metadata) -> LifecycleNotices.endMaintenance(metadata, eventId, "completed"));
	}

	/**
	 * Cancel scheduled maintenance: the event moves to the history too.
	 * @param eventId the id
	 * @return this
	 */
	public S cancelMaintenance(String eventId) {
		return change((metadata) -> LifecycleNotices.endMaintenance(metadata, eventId, "canceled"));
	}

	/**
	 * Set the state that Auto Scaling moves the instance to.
	 * @param state the state, for example {@code InService} or {@code Terminated}
	 * @return this
	 */
	public S targetLifecycleState(String state) {
		return put("meta-data/autoscaling/target-lifecycle-state", state);
	}

	/**
	 * Renew the credentials of the instance role and of the instance: other keys and
	 * tokens, valid for six hours from now.
	 * @return this
	 */
	public S rotateCredentials() {
		return change((metadata) -> SimulatedCredentials.rotate(metadata, now()));
	}

	/**
	 * Switch the service on or off. While it is off, every request is answered with 403.
	 * @param enabled whether the service is on
	 * @return this
	 */
	public S enabled(boolean enabled) {
		this.faults.change((faults) -> faults.withEnabled(enabled));
		return self();
	}

	/**
	 * Delay every answer, the answers of stubs too.
	 * @param latency the delay, to the millisecond; zero for none
	 * @return this
	 */
	public S latency(Duration latency) {
		this.faults.change((faults) -> faults.withLatency(latency));
		return self();
	}

	/**
	 * Answer the next requests with 503, as the service does when it receives too many.
	 * @param requests the number of requests: zero ends throttling,
	 * {@link Integer#MAX_VALUE} throttles all of them
	 * @return this
	 */
	public S throttle(int requests) {
		this.faults.change((faults) -> faults.withThrottled(requests));
		return self();
	}

	/**
	 * Reset the connections of the next requests.
	 * @param requests the number of requests: zero ends the resets
	 * @return this
	 */
	public S resetConnections(int requests) {
		this.faults.change((faults) -> faults.withResets(requests));
		return self();
	}

	/**
	 * Put the application farther from the service than the hop limit allows, as in a
	 * container with bridged networking: connections open, but tokens never arrive.
	 * @param exceeded whether tokens are lost on the way
	 * @return this
	 */
	public S hopLimitExceeded(boolean exceeded) {
		this.faults.change((faults) -> faults.withHopLimitExceeded(exceeded));
		return self();
	}

	/**
	 * Put a proxy that adds {@code X-Forwarded-For} between the application and the
	 * service, which then answers requests for a token with 403.
	 * @param behindProxy whether there is such a proxy
	 * @return this
	 */
	public S behindProxy(boolean behindProxy) {
		this.faults.change((faults) -> faults.withBehindProxy(behindProxy));
		return self();
	}

}
