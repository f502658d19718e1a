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

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;

/**
 * Action that EC2 is about to take on a Spot Instance. Announced two minutes ahead,
 * except that hibernation begins at once.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html">Spot
 * Instance interruption notices</a>
 */
public final class SpotAction extends MetadataObject {

	private static final String PATH = "meta-data/spot/instance-action";

	private SpotAction(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create an action from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code action} and {@code time}
	 * @return the new action
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static SpotAction of(Map<String, ? extends @Nullable Object> values) {
		return new SpotAction(values);
	}

	/**
	 * Return the action: {@code terminate}, {@code stop} or {@code hibernate}.
	 * @return the action
	 * @throws ImdsResponseException if it is absent
	 */
	public String action() {
		return text("action");
	}

	/**
	 * Return the approximate time of the action.
	 * @return the time
	 * @throws ImdsResponseException if it is absent or unreadable
	 */
	public Instant time() {
		return time("time");
	}

}
