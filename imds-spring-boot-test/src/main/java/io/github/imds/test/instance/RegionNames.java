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

package io.github.imds.test.instance;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names that follow from the name of a region.
 */
final class RegionNames {

	private static final Pattern REGION = Pattern.compile("[a-z]+(?:-[a-z]+)+-[0-9]+");

	/**
	 * Such as {@code us-east-1a}, {@code us-west-2-lax-1a} or
	 * {@code us-east-1-wl1-bos-wlz-1}, which has the id {@code use1-wl1-bos-wlz1}.
	 */
	private static final Pattern ZONE = Pattern
		.compile("(" + REGION + ")(?:(?:-([a-z]+)-([0-9]+))?([a-z])|(-wl[0-9]+-[a-z]+-wlz)-([0-9]+))");

	private static final Pattern ZONE_ID = Pattern.compile("([a-z]{2})(g?)(ne|nw|se|sw|n|s|e|w|c)([0-9]+)"
			+ "(?:(?:-[a-z]+[0-9]+)?-az[0-9]+|-wl[0-9]+-[a-z]+-wlz[0-9]+)");

	private static final Map<String, String> DIRECTIONS = Map.of("n", "north", "s", "south", "e", "east", "w", "west",
			"c", "central", "ne", "northeast", "nw", "northwest", "se", "southeast", "sw", "southwest");

	private RegionNames() {
	}

	static boolean isRegion(String text) {
		return REGION.matcher(text).matches();
	}

	static @Nullable String regionOfZone(String zone) {
		Matcher matcher = ZONE.matcher(zone);
		return matcher.matches() ? matcher.group(1) : null;
	}

	static @Nullable String regionOfZoneId(String zoneId) {
		Matcher matcher = ZONE_ID.matcher(zoneId);
		if (!matcher.matches()) {
			return null;
		}
		String gov = matcher.group(2).isEmpty() ? "" : "gov-";
		return matcher.group(1) + "-" + gov + DIRECTIONS.get(matcher.group(3)) + "-" + matcher.group(4);
	}

	/**
	 * Return the zone of the same letter in another region.
	 */
	static String zone(String region, String zoneElsewhere) {
		char letter = zoneElsewhere.isEmpty() ? 'a' : zoneElsewhere.charAt(zoneElsewhere.length() - 1);
		return region + ((letter >= 'a' && letter <= 'z') ? letter : 'a');
	}

	/**
	 * Return the id of a zone. Which letter has which id depends on the account; here it
	 * is the order of the alphabet.
	 */
	static @Nullable String zoneId(String zone) {
		Matcher matcher = ZONE.matcher(zone);
		if (!matcher.matches()) {
			return null;
		}
		if (matcher.group(5) != null) {
			return code(matcher.group(1)) + matcher.group(5) + matcher.group(6);
		}
		String local = (matcher.group(2) != null) ? "-" + matcher.group(2) + matcher.group(3) : "";
		return code(matcher.group(1)) + local + "-az" + (matcher.group(4).charAt(0) - 'a' + 1);
	}

	private static String code(String region) {
		StringBuilder code = new StringBuilder();
		String[] words = region.split("-");
		for (int i = 0; i < words.length; i++) {
			code.append((i == 0 || i == words.length - 1) ? words[i] : abbreviation(words[i]));
		}
		return code.toString();
	}

	private static String abbreviation(String word) {
		return DIRECTIONS.entrySet()
			.stream()
			.filter((direction) -> direction.getValue().equals(word))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(word.substring(0, 1));
	}

	static String partition(String region) {
		if (region.startsWith("cn-")) {
			return "aws-cn";
		}
		if (region.startsWith("us-gov-")) {
			return "aws-us-gov";
		}
		if (region.startsWith("us-iso-")) {
			return "aws-iso";
		}
		if (region.startsWith("us-isob-")) {
			return "aws-iso-b";
		}
		return region.startsWith("eusc-") ? "aws-eusc" : "aws";
	}

	static String domain(String region) {
		return switch (partition(region)) {
			case "aws-cn" -> "amazonaws.com.cn";
			case "aws-iso" -> "c2s.ic.gov";
			case "aws-iso-b" -> "sc2s.sgov.gov";
			case "aws-eusc" -> "amazonaws.eu";
			default -> "amazonaws.com";
		};
	}

	static String internalDomain(String region) {
		return region.equals("us-east-1") ? ".ec2.internal" : "." + region + ".compute.internal";
	}

	static String publicDomain(String region) {
		return (region.equals("us-east-1") ? ".compute-1." : "." + region + ".compute.") + domain(region);
	}

}
