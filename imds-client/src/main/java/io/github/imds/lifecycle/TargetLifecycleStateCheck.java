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

package io.github.imds.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.imds.metadata.InstanceMetadata;

/**
 * {@link Check} for the Auto Scaling lifecycle state. The instance may join a group while
 * it runs, so that the state is looked for even if it is absent.
 */
final class TargetLifecycleStateCheck implements Check {

	private static final String IN_SERVICE = "InService";

	/**
	 * Anything else, such as an error page, is not a state.
	 */
	private static final Pattern STATE = Pattern.compile("[A-Za-z]+(:[A-Za-z]+)?");

	private final InstanceMetadata instance;

	private @Nullable String state;

	private @Nullable TargetLifecycleStateChangedEvent standing;

	TargetLifecycleStateCheck(InstanceMetadata instance) {
		this.instance = instance;
	}

	@Override
	public boolean frequent() {
		return this.state != null;
	}

	@Override
	public List<LifecycleEvent> standing() {
		return (this.standing != null) ? List.of(this.standing) : List.of();
	}

	@Override
	public List<LifecycleEvent> read() {
		String before = this.state;
		String now = this.instance.targetLifecycleState()
			.map(String::strip)
			.filter((state) -> STATE.matcher(state).matches())
			.orElse(before);
		this.state = now;
		if (now == null || now.equals((before != null) ? before : IN_SERVICE)) {
			return List.of();
		}
		TargetLifecycleStateChangedEvent event = new TargetLifecycleStateChangedEvent(Optional.ofNullable(before), now);
		this.standing = now.equals(IN_SERVICE) ? null : event;
		return List.of(event);
	}

}
