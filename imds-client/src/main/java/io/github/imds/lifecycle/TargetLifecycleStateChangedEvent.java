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

import java.util.Optional;

/**
 * Change of the Auto Scaling lifecycle state that the instance is moving to.
 *
 * @param from the state before, such as {@code InService}, or empty if the state was
 * first seen
 * @param to the state now, such as {@code Terminated}
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/autoscaling/ec2/userguide/retrieving-target-lifecycle-state-through-imds.html">Retrieve
 * the target lifecycle state through instance metadata</a>
 */
public record TargetLifecycleStateChangedEvent(Optional<String> from, String to) implements LifecycleEvent {

	@Override
	public String kind() {
		return "target-lifecycle-state-changed";
	}

	/**
	 * Return whether Auto Scaling is about to terminate the instance, from the group or
	 * from its warm pool.
	 * @return whether the state is {@code Terminated} or {@code Warmed:Terminated}
	 */
	public boolean terminating() {
		return this.to.equals("Terminated") || this.to.equals("Warmed:Terminated");
	}

}
