<?xml version="1.0" encoding="UTF-8"?>
<!--
  Turns a flattened pom into the one that is published: libraries that Spring Boot manages have no version of their own,
  but that of the oldest supported Spring Boot. A user's platform can raise it, and never has to lower it.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://maven.apache.org/POM/4.0.0" xmlns:pom="http://maven.apache.org/POM/4.0.0" exclude-result-prefixes="pom">

	<xsl:output indent="yes"/>
	<xsl:param name="spring-boot.version"/>
	<xsl:variable name="unmanaged" select="' io.github.imds org.wiremock commons-cli '"/>

	<xsl:template match="@*|node()">
		<xsl:copy>
			<xsl:apply-templates select="@*|node()"/>
		</xsl:copy>
	</xsl:template>

	<xsl:template match="/pom:project/pom:dependencies[pom:dependency]">
		<dependencyManagement>
			<dependencies>
				<dependency>
					<groupId>org.springframework.boot</groupId>
					<artifactId>spring-boot-dependencies</artifactId>
					<version><xsl:value-of select="$spring-boot.version"/></version>
					<type>pom</type>
					<scope>import</scope>
				</dependency>
			</dependencies>
		</dependencyManagement>
		<xsl:copy>
			<xsl:apply-templates select="@*|node()"/>
		</xsl:copy>
	</xsl:template>

	<xsl:template match="/pom:project/pom:dependencies/pom:dependency/pom:version">
		<xsl:if test="contains($unmanaged, concat(' ', ../pom:groupId, ' '))">
			<xsl:copy-of select="."/>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
