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

package io.github.imds.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional @Conditional} that matches when the application runs on an EC2
 * instance and uses its metadata. The rules are those of
 * {@code imds.client.enabled=auto}: an explicit endpoint, such as that of a simulated
 * instance, counts as an instance; with metadata disabled, the condition does not match.
 * <p>
 * No request is sent if a setting, the firmware or the hypervisor identifies the machine.
 * If none does, as on macOS and in some containers, the condition asks the service, which
 * may take as long as its timeouts; an unreachable service is remembered.
 * <p>
 * With ahead-of-time processing, the condition is evaluated on the build machine.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnEc2Condition.class)
public @interface ConditionalOnEc2 {

}
