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

package io.github.imds.category;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@link MetadataCategory} against a table of what is known of the service, written
 * down independently: path, type, first version, whether the value is fixed or changing,
 * and what else is special.
 */
class MetadataCategoryTableTests {

	private static final String META_DATA = """
			ami-id                                                      TEXT     1.0         fixed
			ami-launch-index                                            INTEGER  1.0         fixed
			ami-manifest-path                                           TEXT     1.0         fixed
			ancestor-ami-ids                                            LIST     2007-10-10  fixed
			autoscaling/target-lifecycle-state                          TEXT     2021-07-15  changing
			block-device-mapping/{device}                               TEXT     2007-12-15  fixed
			elastic-gpus/associations/{id}                              JSON     2016-11-30  fixed     withdrawn
			elastic-inference/associations/{id}                         JSON     2018-11-29  fixed     withdrawn
			events/maintenance/scheduled                                JSON     2018-08-17  changing
			events/maintenance/history                                  JSON     2018-08-17  changing
			events/recommendations/rebalance                            JSON     2020-10-27  changing
			hibernation/configured                                      TEXT     -           fixed     undocumented
			hostname                                                    TEXT     1.0         fixed
			local-hostname                                              TEXT     2007-01-19  fixed
			iam/info                                                    JSON     2012-01-12  changing
			iam/security-credentials/{role}                             JSON     2012-01-12  changing  secret
			identity-credentials/ec2/info                               JSON     2018-05-23  changing
			identity-credentials/ec2/security-credentials/ec2-instance  JSON     2018-05-23  changing  secret
			instance-action                                             TEXT     2008-09-01  changing
			instance-id                                                 TEXT     1.0         fixed
			instance-life-cycle                                         TEXT     2019-10-01  fixed
			instance-type                                               TEXT     2007-08-29  fixed
			ipv6                                                        TEXT     2021-01-03  changing
			kernel-id                                                   TEXT     2008-02-01  fixed
			ramdisk-id                                                  TEXT     2007-10-10  fixed
			local-ipv4                                                  TEXT     1.0         fixed
			mac                                                         TEXT     2011-01-01  fixed
			managed-ssh-keys/signer-cert                                TEXT     -           changing  undocumented
			managed-ssh-keys/active-keys/{user}                         TEXT     -           changing  undocumented
			metrics/vhostmd                                             TEXT     2011-05-01  changing  withdrawn
			placement/availability-zone                                 TEXT     2008-02-01  fixed
			placement/availability-zone-id                              TEXT     2019-10-01  fixed
			placement/region                                            TEXT     2020-08-24  fixed
			placement/group-name                                        TEXT     2020-08-24  fixed
			placement/host-id                                           TEXT     2020-08-24  fixed
			placement/partition-number                                  INTEGER  2020-08-24  fixed
			product-codes                                               LIST     2007-03-01  fixed
			profile                                                     TEXT     -           fixed     undocumented
			public-hostname                                             TEXT     2007-01-19  changing
			public-ipv4                                                 TEXT     2007-01-19  changing
			public-keys/{index}/openssh-key                             TEXT     1.0         fixed
			reservation-id                                              TEXT     1.0         fixed
			security-groups                                             LIST     1.0         changing
			services/domain                                             TEXT     2014-02-25  fixed
			services/partition                                          TEXT     2015-10-20  fixed
			spot/instance-action                                        JSON     2016-11-15  changing
			spot/termination-time                                       TEXT     2014-11-05  changing
			system                                                      TEXT     2022-09-24  fixed
			tags/instance/{key}                                         TEXT     2021-03-23  changing
			""";

	private static final String NETWORK_INTERFACE = """
			device-number             INTEGER  2011-01-01  changing
			network-card              INTEGER  2020-11-01  changing
			network-card-index        INTEGER  2020-11-01  changing  withdrawn
			interface-id              TEXT     2011-01-01  changing
			mac                       TEXT     2011-01-01  changing
			owner-id                  TEXT     2011-01-01  changing
			subnet-id                 TEXT     2011-01-01  changing
			vpc-id                    TEXT     2011-01-01  changing
			subnet-ipv4-cidr-block    TEXT     2011-01-01  changing
			vpc-ipv4-cidr-block       TEXT     2011-01-01  changing
			local-hostname            TEXT     2007-01-19  changing
			public-hostname           TEXT     2011-01-01  changing
			local-ipv4s               LIST     2011-01-01  changing
			public-ipv4s              LIST     2011-01-01  changing
			security-groups           LIST     2011-01-01  changing
			security-group-ids        LIST     2011-01-01  changing
			ipv4-associations/{ip}    LIST     2011-01-01  changing
			ipv6s                     LIST     2016-06-30  changing
			subnet-ipv6-cidr-blocks   LIST     2016-06-30  changing
			vpc-ipv4-cidr-blocks      LIST     2016-06-30  changing
			vpc-ipv6-cidr-blocks      LIST     2016-06-30  changing
			ipv4-prefix               LIST     -           changing
			ipv6-prefix               LIST     -           changing
			""";

	private static final String DYNAMIC = """
			fws/instance-monitoring      TEXT  2009-04-04  changing
			instance-identity/document   JSON  2009-04-04  fixed
			instance-identity/pkcs7      TEXT  2009-04-04  fixed
			instance-identity/signature  TEXT  2009-04-04  fixed
			instance-identity/rsa2048    TEXT  -           fixed
			instance-identity/dsa2048    TEXT  -           fixed     undocumented
			""";

	private static final String USER_DATA = "user-data  BYTES  -  fixed  secret";

	@Test
	void catalogueHoldsWhatTheTableSaysAndNothingElse() {
		List<String> table = Stream
			.of(rows("meta-data/", META_DATA), rows("meta-data/network/interfaces/macs/{mac}/", NETWORK_INTERFACE),
					rows("dynamic/", DYNAMIC), rows("", USER_DATA))
			.flatMap((rows) -> rows)
			.toList();
		assertThat(MetadataCategory.values()).extracting(this::row).containsExactlyInAnyOrderElementsOf(table);
	}

	private Stream<String> rows(String prefix, String table) {
		return table.lines().map((line) -> prefix + line.replaceAll(" +", " "));
	}

	private String row(MetadataCategory category) {
		StringBuilder row = new StringBuilder(category.pattern());
		row.append(' ').append(category.valueType());
		row.append(' ').append(category.since().orElse("-"));
		row.append(category.changing() ? " changing" : " fixed");
		row.append(category.sensitive() ? " secret" : "");
		row.append(switch (category.support()) {
			case DOCUMENTED -> "";
			case UNDOCUMENTED -> " undocumented";
			case WITHDRAWN -> " withdrawn";
		});
		return row.toString();
	}

}
