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
 * {@link Conditional @Conditional} that matches on an EC2 instance whose metadata is
 * used, as {@code imds.client.enabled=auto} decides: an endpoint that is set, such as
 * that of a simulated instance, counts as one; where metadata is switched off there is
 * none.
 * <p>
 * This takes no request if a setting, the firmware or the hypervisor can tell. Where they
 * cannot, as on macOS and in some containers, the service is asked, which may take as
 * long as its timeouts; a service that was not reached is remembered.
 * <p>
 * With ahead-of-time processing, conditions are decided on the machine that builds.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnEc2Condition.class)
public @interface ConditionalOnEc2 {

}
