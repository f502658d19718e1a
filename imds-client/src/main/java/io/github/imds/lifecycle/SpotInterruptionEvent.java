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

import java.time.Instant;

/**
 * Spot Instance interruption notice. AWS issues it two minutes ahead, on a best-effort
 * basis.
 *
 * @param action the action: {@code terminate}, {@code stop} or {@code hibernate}
 * @param time the approximate time of the action; two minutes after the notice was first
 * seen if the service does not say
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html">Spot
 * Instance interruption notices</a>
 */
public record SpotInterruptionEvent(String action, Instant time) implements LifecycleEvent {

	@Override
	public String kind() {
		return "spot-interruption";
	}

}
