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

package io.github.imds.sample;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Event that the page shows.
 *
 * @param at the time of the event
 * @param name the name of the event
 * @param text the event in words
 * @param deadline the time at which the instance goes away, or {@code null} if the event
 * announces none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveEvent(Instant at, String name, String text, @Nullable Instant deadline) {

}
