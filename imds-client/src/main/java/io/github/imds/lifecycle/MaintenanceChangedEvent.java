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

import io.github.imds.metadata.MaintenanceEvent;

/**
 * Change of the kind, state or times of scheduled maintenance.
 *
 * @param before the maintenance as it was
 * @param after the maintenance after the change
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html">Scheduled
 * events for Amazon EC2 instances</a>
 */
public record MaintenanceChangedEvent(MaintenanceEvent before, MaintenanceEvent after) implements LifecycleEvent {

	@Override
	public String kind() {
		return "maintenance-changed";
	}

}
