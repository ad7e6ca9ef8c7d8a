/** This cluster: its certificate and configuration, its members, and the addresses under which peers reach it. */
package dev.linkspan.member;
