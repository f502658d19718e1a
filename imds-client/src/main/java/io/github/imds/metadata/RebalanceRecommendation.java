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
 * Notice that a Spot Instance is at elevated risk of interruption. It may come well
 * before a {@link SpotAction}, together with it, or not be followed by one.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html">EC2
 * instance rebalance recommendations</a>
 */
public final class RebalanceRecommendation extends MetadataObject {

	private static final String PATH = "meta-data/events/recommendations/rebalance";

	private RebalanceRecommendation(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create a recommendation from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code noticeTime}
	 * @return the new recommendation
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static RebalanceRecommendation of(Map<String, ? extends @Nullable Object> values) {
		return new RebalanceRecommendation(values);
	}

	/**
	 * Return the time at which the notice was issued.
	 * @return the time
	 * @throws ImdsResponseException if it is absent or unreadable
	 */
	public Instant noticeTime() {
		return time("noticeTime");
	}

}
